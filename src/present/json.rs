//! Serialisable mirrors: the stable JSON of projects and hits.
//!
//! Mirrors are apart from the types they mirror so that a rename inside the
//! program never changes what other programs read. One object stands on one
//! line. Absent values are `null`, lists are never absent. Highlight ranges
//! count Unicode characters, `[start, end)`.

use std::io::{self, Write};

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::form::catalogue::{QUESTIONS, ROWS};
use crate::form::project::{Form, Project, Prose};
use crate::form::{Parsed, Problem};
use crate::index::fields::{FIELDS, fund_key, status_key};
use crate::search::{Hit, Link, Passage};

use super::answer::{ReasonLine, reason};
use super::similar::LinkLine;

/// What every hit and every project has.
#[derive(Serialize, ToSchema)]
pub(super) struct Head<'p> {
    code: Option<&'p str>,
    name: Option<&'p str>,
    form: &'static str,
    fund: Option<&'static str>,
    status: Option<&'static str>,
    #[schema(value_type = Option<String>, format = Date)]
    start: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    end: Option<Date>,
    axis: Option<&'p str>,
    objective: Option<&'p str>,
    part: Option<&'p str>,
    project_type: Option<&'p str>,
    authority: Option<&'p str>,
    applicant: Option<&'p str>,
    organisation_type: Option<&'p str>,
    business_id: Option<&'p str>,
    partners: Vec<Partner<'p>>,
    regions: &'p [&'p str],
    subregions: &'p [&'p str],
    municipalities: &'p [&'p str],
    national: bool,
    granted: Option<u64>,
    spent: Option<u64>,
    public_planned: Option<u64>,
    public_realised: Option<u64>,
    companies_planned: Option<u64>,
    companies_realised: Option<u64>,
    persons_planned: Option<u64>,
    persons_realised: Option<u64>,
}

#[derive(Serialize, ToSchema)]
struct Partner<'p> {
    name: &'p str,
    business_id: Option<&'p str>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct HitLine<'p> {
    r#type: &'static str,
    rank: usize,
    score: f32,
    direct: bool,
    whole: bool,
    key: &'p str,
    path: &'p str,
    #[serde(flatten)]
    head: Head<'p>,
    sections: Vec<&'static str>,
    passages: Vec<PassageLine<'p>>,
    sisters: &'p [String],
    explanation: Option<Vec<ReasonLine<'p>>>,
}

#[derive(Serialize, ToSchema)]
struct PassageLine<'p> {
    section: &'static str,
    text: &'p str,
    #[schema(value_type = Vec<Vec<usize>>)]
    highlights: Vec<[usize; 2]>,
    cut_before: bool,
    cut_after: bool,
}

#[derive(Serialize, ToSchema)]
pub(super) struct ProjectLine<'p> {
    r#type: &'static str,
    path: &'p str,
    #[serde(flatten)]
    head: Head<'p>,
    applicant_details: Applicant<'p>,
    arrangement: Option<&'p str>,
    sections: Vec<Section<'p>>,
    site: Address<'p>,
    women_planned: Option<u64>,
    jobs_planned: Option<u64>,
    new_companies_planned: Option<u64>,
    equality: Vec<Answer<'p>>,
    sustainability: Vec<Impact<'p>>,
    unrecognised: Vec<Loose<'p>>,
    problems: Vec<ProblemLine<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<LinkLine<'p>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<&'p [String]>,
}

#[derive(Serialize, ToSchema)]
struct Applicant<'p> {
    street: Option<&'p str>,
    postal_code: Option<&'p str>,
    town: Option<&'p str>,
    phones: &'p [&'p str],
    website: Option<&'p str>,
    project_website: Option<&'p str>,
    contact_name: Option<&'p str>,
    contact_position: Option<&'p str>,
    contact_email: Option<&'p str>,
    contact_phone: Option<&'p str>,
    contact_others: &'p [&'p str],
}

#[derive(Serialize, ToSchema)]
struct Address<'p> {
    street: Option<&'p str>,
    postal_code: Option<&'p str>,
    town: Option<&'p str>,
}

#[derive(Serialize, ToSchema)]
struct Section<'p> {
    section: &'static str,
    title: &'p str,
    line: u32,
    text: &'p str,
}

#[derive(Serialize, ToSchema)]
struct Answer<'p> {
    key: &'static str,
    question: &'static str,
    yes: Option<bool>,
    comment: Option<&'p str>,
}

#[derive(Serialize, ToSchema)]
struct Impact<'p> {
    key: &'static str,
    label: &'static str,
    direct: Option<u8>,
    indirect: Option<u8>,
    comment: Option<&'p str>,
}

#[derive(Serialize, ToSchema)]
struct Loose<'p> {
    line: u32,
    text: &'p str,
}

#[derive(Serialize, ToSchema)]
struct ProblemLine<'p> {
    line: u32,
    kind: &'p str,
    message: String,
}

/// Writes one hit as one line.
///
/// # Errors
/// When the sink fails.
pub fn hit(out: &mut dyn Write, hit: &Hit, project: &Project<'_>) -> io::Result<()> {
    line(out, &hit_line(hit, project))
}

pub(super) fn hit_line<'p>(hit: &'p Hit, project: &'p Project<'p>) -> HitLine<'p> {
    let explanation = hit.explanation.as_ref();
    let explanation = explanation.map(|reasons| reasons.iter().map(reason));
    HitLine {
        r#type: "hit",
        rank: hit.rank,
        score: hit.score,
        direct: hit.direct,
        whole: hit.whole,
        key: &hit.key,
        path: &hit.stored.path,
        head: head(project),
        sections: hit.rows.iter().map(|row| FIELDS[*row].key).collect(),
        passages: hit.passages.iter().map(passage).collect(),
        sisters: &hit.sisters,
        explanation: explanation.map(Iterator::collect),
    }
}

/// Writes one project as one line.
///
/// # Errors
/// When the sink fails.
pub fn project(
    out: &mut dyn Write,
    path: &str,
    project: &Project<'_>,
    problems: &[Problem],
) -> io::Result<()> {
    line(out, &project_line(path, project, problems))
}

fn project_line<'p>(
    path: &'p str,
    project: &'p Project<'p>,
    problems: &'p [Problem],
) -> ProjectLine<'p> {
    let applicant = &project.applicant;
    ProjectLine {
        r#type: "project",
        path,
        head: head(project),
        applicant_details: Applicant {
            street: applicant.address.street,
            postal_code: applicant.address.postal_code,
            town: applicant.address.town,
            phones: &applicant.phones,
            website: applicant.website,
            project_website: applicant.project_website,
            contact_name: applicant.contact.name,
            contact_position: applicant.contact.position,
            contact_email: applicant.contact.email,
            contact_phone: applicant.contact.phone,
            contact_others: &applicant.contact.others,
        },
        arrangement: applicant.arrangement,
        sections: project.passages.iter().map(section).collect(),
        site: Address {
            street: project.places.site.street,
            postal_code: project.places.site.postal_code,
            town: project.places.site.town,
        },
        women_planned: project.participation.women_planned,
        jobs_planned: project.participation.jobs_planned,
        new_companies_planned: project.participation.new_companies_planned,
        equality: answers(project),
        sustainability: impacts(project),
        unrecognised: project
            .unrecognised
            .iter()
            .map(|u| Loose {
                line: u.line,
                text: u.text,
            })
            .collect(),
        problems: problems.iter().map(problem).collect(),
        links: None,
        partial: None,
    }
}

/// Writes what is stored of a project and its links as one line, with what of a
/// cluster these may be without.
///
/// # Errors
/// When the sink fails.
pub fn stored(
    out: &mut dyn Write,
    path: &str,
    parsed: &Parsed<'_>,
    (links, partial): (&[Link], &[String]),
) -> io::Result<()> {
    let mut shown = project_line(path, &parsed.project, &parsed.problems);
    shown.links = Some(links.iter().map(LinkLine::of).collect());
    shown.partial = Some(partial);
    line(out, &shown)
}

pub(super) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(super) fn head<'p>(project: &'p Project<'p>) -> Head<'p> {
    let partner = |p: &crate::form::project::Partner<'p>| Partner {
        name: p.name,
        business_id: p.business_id,
    };
    Head {
        code: project.code,
        name: project.name,
        form: form_key(project.form),
        fund: project.fund.map(fund_key),
        status: project.status.map(status_key),
        start: project.period.start,
        end: project.period.end,
        axis: project.axis,
        objective: project.objective,
        part: project.part,
        project_type: project.project_type,
        authority: project.authority,
        applicant: project.applicant.name,
        organisation_type: project.applicant.kind,
        business_id: project.applicant.business_id,
        partners: project.applicant.partners.iter().map(partner).collect(),
        regions: &project.places.regions,
        subregions: &project.places.subregions,
        municipalities: &project.places.municipalities,
        national: project.places.national,
        granted: project.money.granted,
        spent: project.money.spent,
        public_planned: project.money.public_planned,
        public_realised: project.money.public_realised,
        companies_planned: project.participation.companies_planned,
        companies_realised: project.participation.companies_realised,
        persons_planned: project.participation.persons_planned,
        persons_realised: project.participation.persons_realised,
    }
}

fn form_key(form: Form) -> &'static str {
    match form {
        Form::Eura2014 => "eura2014",
        Form::Eura2014English => "eura2014-en",
        Form::Eura2007 => "eura2007",
    }
}

fn section<'p>(passage: &'p crate::form::project::Passage<'p>) -> Section<'p> {
    Section {
        section: Prose::key(passage.prose),
        title: passage.title.unwrap_or_else(|| passage.prose.title()),
        line: passage.line,
        text: passage.text,
    }
}

fn answers<'p>(project: &'p Project<'p>) -> Vec<Answer<'p>> {
    let rows = QUESTIONS.iter().zip(&project.equality);
    rows.map(|(question, answer)| Answer {
        key: question.key,
        question: question.fi,
        yes: answer.yes,
        comment: answer.comment,
    })
    .collect()
}

fn impacts<'p>(project: &'p Project<'p>) -> Vec<Impact<'p>> {
    let rows = ROWS.iter().zip(&project.sustainability);
    rows.map(|(row, impact)| Impact {
        key: row.key,
        label: row.fi,
        direct: impact.direct,
        indirect: impact.indirect,
        comment: impact.comment,
    })
    .collect()
}

fn passage(passage: &Passage) -> PassageLine<'_> {
    let chars = |bytes: usize| passage.text[..bytes].chars().count();
    PassageLine {
        section: FIELDS[passage.row].key,
        text: &passage.text,
        highlights: passage
            .highlights
            .iter()
            .map(|r| [chars(r.start), chars(r.end)])
            .collect(),
        cut_before: passage.cut.0,
        cut_after: passage.cut.1,
    }
}

fn problem(problem: &Problem) -> ProblemLine<'_> {
    ProblemLine {
        line: problem.line,
        kind: problem.kind.id(),
        message: problem.message.clone(),
    }
}
