//! Lines of the page that say nothing of the project.
//!
//! The two title lines, what conversions leave of images and table frames, and
//! the service's own e-mail address. Apart because headings, walk and outline
//! all have to know them; where such a line counts is decided by the walk.

use super::fold;
use super::project::{Form, Fund};

/// Beginnings of the line above the title.
const BANNERS: [&str; 6] = [
    "Euroopan unioni",
    "Vipuvoimaa EU:lta",
    "European Union",
    "Leverage from the EU",
    "Europeiska unionen",
    "Hävkraft från EU",
];

/// What the title says of the form.
const TITLES: [(&str, Form); 3] = [
    ("rahoittaman hankkeen kuvaus", Form::Eura2014),
    ("rahoittaman projektin kuvaus", Form::Eura2007),
    (
        "Description of the project funded by",
        Form::Eura2014English,
    ),
];

/// What the title says of the fund.
const FUNDS: [(&str, Fund); 4] = [
    ("sosiaalirahasto", Fund::Esr),
    ("aluekehitysrahasto", Fund::Eakr),
    ("Social Fund", Fund::Esr),
    ("Regional Development Fund", Fund::Eakr),
];

/// No title or banner is longer than this.
const LONGEST: usize = 160;

/// The form that a title line names.
pub(super) fn form_in(line: &str) -> Option<Form> {
    let short = line.len() <= LONGEST;
    TITLES
        .iter()
        .find(|(words, _)| short && line.contains(words))
        .map(|&(_, form)| form)
}

/// The fund that a title line names.
pub(super) fn fund_in(line: &str) -> Option<Fund> {
    FUNDS
        .iter()
        .find(|(words, _)| line.contains(words))
        .map(|&(_, fund)| fund)
}

/// Whether the line is one of the title lines.
pub(super) fn is_title(line: &str) -> bool {
    let banner = |b: &&str| fold::head(line, b).is_some_and(|end| line.len() - end <= 40);
    form_in(line).is_some() || BANNERS.iter().any(banner)
}

/// Whether the line is only what a conversion left of images and frames.
pub(super) fn is_debris(line: &str) -> bool {
    if line.starts_with(fold::invisible) {
        return line.chars().all(fold::blank);
    }
    if !line.starts_with([
        '!', '|', '*', '_', '=', '+', '#', '-', '\u{2013}', '\u{2014}',
    ]) {
        return false;
    }
    if line
        .chars()
        .all(|c| fold::blank(c) || "|*_=+#-:\u{2013}\u{2014}".contains(c))
    {
        return line.chars().count() > 1;
    }
    line.starts_with("![") && image_frame(line)
}

/// Whether nothing but images without words and bars stands on the line.
fn image_frame(line: &str) -> bool {
    let mut rest = line;
    while let Some(image) = rest.strip_prefix("![") {
        let Some((_, after)) = image.split_once("](") else {
            return false;
        };
        let Some((_, after)) = after.split_once(')') else {
            return false;
        };
        rest = after.trim_start_matches(|c| fold::blank(c) || c == '|');
    }
    rest.is_empty()
}

/// Whether the line is an e-mail address and nothing else.
pub(super) fn is_mail(line: &str) -> bool {
    let address = fold::clean(line);
    let parted = address
        .split_once("(at)")
        .or_else(|| address.split_once('@'));
    parted.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !address.contains(fold::blank)
    })
}

/// Whether the line is the service's own address, as a page's foot has it.
pub(super) fn is_service_mail(line: &str) -> bool {
    let mut labels = ["Palaute", "Feedback"].iter();
    let labelled = labels.find_map(|label| fold::value(line, label));
    let own = ["rakennerahasto", "eura"]
        .iter()
        .any(|name| line.contains(name));
    is_mail(labelled.unwrap_or(line)) && (labelled.is_some() || own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_lines_tell_form_and_fund() {
        let line = "Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus";
        assert_eq!(
            (form_in(line), fund_in(line)),
            (Some(Form::Eura2014), Some(Fund::Eakr))
        );
        let line = "Description of the project funded by the European Social Fund (ESF)";
        assert_eq!(
            (form_in(line), fund_in(line)),
            (Some(Form::Eura2014English), Some(Fund::Esr))
        );
        assert!(is_title("Euroopan unioni Vipuvoimaa EU:lta") && is_title("Vipuvoimaa EU:lta"));
        assert!(!is_title(
            "Euroopan unionin rahoittama hanke toteutetaan yhdessä kuntien kanssa"
        ));
    }

    #[test]
    fn image_remains_and_rules_are_debris() {
        for line in [
            "![]() |",
            "![](logo.png)",
            "| --- | --- |",
            "----",
            "| |",
            "***",
        ] {
            assert!(is_debris(line), "{line}");
        }
        for line in [
            "-",
            "- kohta",
            "![kuva ja sanoja",
            "![](a) sanoja",
            "*tähti",
            "",
        ] {
            assert!(!is_debris(line), "{line}");
        }
    }

    #[test]
    fn an_address_alone_is_a_mail_line() {
        assert!(is_mail("palaute(at)example.fi") && is_mail("palaute@example.fi"));
        assert!(is_service_mail("Palaute: palaute(at)example.fi"));
        assert!(is_service_mail("tuki@eura2014.example") && !is_service_mail("a@example.fi"));
        assert!(!is_mail("kirjoita palaute@example.fi") && !is_mail("a@b") && !is_mail("@x.fi"));
    }
}
