//! The interface described for programs, made of the table of routes and of
//! the types that are written.

use std::sync::LazyLock;

use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref,
    RefOr, Required, ResponseBuilder, ResponsesBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use super::params::{Kind, Param};
use super::problem::{MEDIA_TYPE, Problem};
use super::routes::{For, ROUTES, Route};

/// The codes of problems, with what they mean.
const PROBLEMS: [(&str, &str); 4] = [
    ("400", "a parameter is unknown or can't be read"),
    ("404", "there is no such project"),
    ("409", "the index has changed since the cursor was given"),
    (
        "503",
        "too much is asked at once, or the search took too long",
    ),
];

/// The whole description as JSON; it never changes.
pub(super) static JSON: LazyLock<String> =
    LazyLock::new(|| document().to_pretty_json().unwrap_or_default());

fn document() -> OpenApi {
    let mut components = ComponentsBuilder::new().schema(Problem::name(), Problem::schema());
    let mut paths = PathsBuilder::new();
    for route in ROUTES.iter().filter(|route| route.to == For::Api) {
        for (name, schema) in route.schema.map(|all| all()).unwrap_or_default() {
            components = components.schema(name, schema);
        }
        let operation = operation(route);
        paths = paths.path(route.path, PathItem::new(HttpMethod::Get, operation));
    }
    let info = InfoBuilder::new()
        .title("esr-search")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(env!("CARGO_PKG_DESCRIPTION")));
    OpenApiBuilder::new()
        .info(info.build())
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

fn operation(route: &Route) -> OperationBuilder {
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.path.replace(['/', '{', '}', '.'], "_")))
        .summary(Some(route.about));
    if route.path.contains("{code}") {
        let code = ParameterBuilder::new()
            .name("code")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("project code, as in S26011"))
            .schema(Some(code()));
        operation = operation.parameter(code);
    }
    for param in route.params {
        operation = operation.parameter(parameter(param));
    }
    let content = match route.schema.map(|all| all()) {
        Some(all) => {
            let name = all.first().map(|(name, _)| name.clone());
            ContentBuilder::new().schema(name.map(Ref::from_schema_name))
        }
        None => ContentBuilder::new().schema(Some(typed(Type::Object))),
    };
    let found = ResponseBuilder::new()
        .description("found")
        .content("application/json", content.build());
    let mut responses = ResponsesBuilder::new().response("200", found);
    for (code, about) in PROBLEMS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name())));
        let problem = ResponseBuilder::new()
            .description(about)
            .content(MEDIA_TYPE, content.build());
        responses = responses.response(code, problem);
    }
    operation.responses(responses.build())
}

fn parameter(param: &Param) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(param.name)
        .parameter_in(ParameterIn::Query)
        .required(match param.needed {
            true => Required::True,
            false => Required::False,
        })
        .description(Some(param.about))
        .schema(Some(schema(param)))
}

/// What a parameter may be.
pub(super) fn schema(param: &Param) -> RefOr<Schema> {
    let schema = match param.kind {
        Kind::Text(most) => ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .max_length(Some(most)),
        Kind::Number(least, most, default) => ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::Integer))
            .minimum(Some(least as f64))
            .maximum(Some(most as f64))
            .default(Some(default.into())),
        Kind::Choice(_) | Kind::Sort => ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .enum_values(Some(param.names()))
            .default(param.names().first().map(|name| (*name).into())),
        Kind::Section | Kind::Fields => ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .enum_values(Some(param.names())),
        Kind::Filter | Kind::Cursor => ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .pattern(param.pattern()),
    };
    let schema: RefOr<Schema> = schema.build().into();
    match param.many {
        true => ArrayBuilder::new().items(schema).build().into(),
        false => schema,
    }
}

/// A project's code.
fn code() -> RefOr<Schema> {
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::new(Type::String))
        .pattern(Some("^[A-Za-z]{1,2}[0-9]{1,10}$"));
    schema.build().into()
}

fn typed(r#type: Type) -> RefOr<Schema> {
    let schema = ObjectBuilder::new().schema_type(SchemaType::new(r#type));
    schema.build().into()
}
