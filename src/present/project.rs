//! One project, section by section, as a person reads it.
//! Also the ledger that shows where each line of a description went.

use std::io::{self, Write};

use crate::form::Record;
use crate::form::catalogue::{QUESTIONS, ROWS};
use crate::form::project::{Address, Applicant, Contact, Impact, Project};

use super::hits::status;
use super::style::{CODE, FAINT, Page, TITLE, Visible, date, euros, folded, grouped, put};

/// Columns before a section's lines.
const INDENT: usize = 3;

/// Columns for a label.
const LABEL: usize = 26;

/// Writes a project with all that it says.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, project: &Project<'_>, page: Page) -> io::Result<()> {
    let mut sheet = Sheet { out, page };
    put(sheet.out, CODE, project.code.unwrap_or("(no code)"))?;
    write!(sheet.out, "  ")?;
    put(sheet.out, TITLE, project.name.unwrap_or("(no name)"))?;
    writeln!(sheet.out)?;
    sheet.project(project)?;
    sheet.applicant(&project.applicant)?;
    for passage in &project.passages {
        let section = passage.prose.section();
        let (major, minor) = section.entry().number;
        let number = if minor == 0 {
            major.to_string()
        } else {
            format!("{major}.{minor}")
        };
        let title = format!("{number} {}", passage.prose.title());
        sheet.title(passage.title.unwrap_or(&title))?;
        sheet.paragraphs(passage.text)?;
    }
    sheet.money(project)?;
    sheet.places(project)?;
    sheet.participation(project)?;
    sheet.principles(project)?;
    if !project.unrecognised.is_empty() {
        sheet.title("Muu teksti")?;
        for part in &project.unrecognised {
            sheet.paragraphs(part.text)?;
        }
    }
    Ok(())
}

struct Sheet<'o> {
    out: &'o mut dyn Write,
    page: Page,
}

impl Sheet<'_> {
    fn title(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out)?;
        put(self.out, TITLE, title)?;
        writeln!(self.out)
    }

    fn row(&mut self, label: &str, value: Option<&str>) -> io::Result<()> {
        let Some(value) = value else { return Ok(()) };
        write!(self.out, "{:INDENT$}", "")?;
        put(self.out, FAINT, label)?;
        write!(
            self.out,
            "{:1$}",
            "",
            LABEL.saturating_sub(label.chars().count()).max(1)
        )?;
        folded(self.out, value, &[], self.page, INDENT + LABEL)
    }

    fn list(&mut self, label: &str, values: &[&str]) -> io::Result<()> {
        self.row(
            label,
            (!values.is_empty()).then(|| values.join(", ")).as_deref(),
        )
    }

    fn paragraphs(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            if line.trim().is_empty() {
                writeln!(self.out)?;
            } else {
                write!(self.out, "{:INDENT$}", "")?;
                folded(self.out, line.trim_end(), &[], self.page, INDENT)?;
            }
        }
        Ok(())
    }

    fn project(&mut self, project: &Project<'_>) -> io::Result<()> {
        self.title("1 Hanke")?;
        let day = |d: Option<_>| d.map_or_else(|| "?".to_owned(), date);
        let period = project.period;
        let known = period.start.is_some() || period.end.is_some();
        let span = format!("{}–{}", day(period.start), day(period.end));
        self.row("Osio", project.part)?;
        self.row("Toimintalinja", project.axis)?;
        self.row("Erityistavoite", project.objective)?;
        self.row("Projektityyppi", project.project_type)?;
        self.row("Toteutusaika", known.then_some(span.as_str()))?;
        self.row(
            "Tila",
            Some(status(project.status)).filter(|s| !s.is_empty()),
        )?;
        self.row("Vastuuviranomainen", project.authority)
    }

    fn applicant(&mut self, applicant: &Applicant<'_>) -> io::Result<()> {
        if *applicant == Applicant::default() {
            return Ok(());
        }
        self.title("2 Hakija")?;
        self.row("Nimi", applicant.name)?;
        self.row("Organisaatiotyyppi", applicant.kind)?;
        self.row("Y-tunnus", applicant.business_id)?;
        self.row("Osoite", address(&applicant.address).as_deref())?;
        self.list("Puhelin", &applicant.phones)?;
        self.row("WWW-osoite", applicant.website)?;
        self.row("Hankkeen sivut", applicant.project_website)?;
        self.contact(&applicant.contact)?;
        self.row("Hakijat", applicant.arrangement)?;
        for partner in &applicant.partners {
            let id = partner
                .business_id
                .map_or_else(String::new, |id| format!(", {id}"));
            self.row("Osatoteuttaja", Some(&format!("{}{id}", partner.name)))?;
        }
        Ok(())
    }

    fn contact(&mut self, contact: &Contact<'_>) -> io::Result<()> {
        self.row("Yhteyshenkilö", contact.name)?;
        self.row("  asema", contact.position)?;
        self.row("  sähköposti", contact.email)?;
        self.row("  puhelin", contact.phone)?;
        self.list("  muuta", &contact.others)
    }

    fn money(&mut self, project: &Project<'_>) -> io::Result<()> {
        let money = project.money;
        let rows = [
            ("Myönnetty (EU ja valtio)", money.granted),
            ("Toteutunut (EU ja valtio)", money.spent),
            ("Julkinen, suunniteltu", money.public_planned),
            ("Julkinen, toteutunut", money.public_realised),
        ];
        self.numbers("5 Julkinen rahoitus", &rows, euros)
    }

    fn participation(&mut self, project: &Project<'_>) -> io::Result<()> {
        let counts = project.participation;
        let rows = [
            ("Yrityksiä, suunniteltu", counts.companies_planned),
            ("Yrityksiä, toteutunut", counts.companies_realised),
            ("Henkilöitä, suunniteltu", counts.persons_planned),
            ("  joista naisia", counts.women_planned),
            ("Henkilöitä, toteutunut", counts.persons_realised),
            ("Uusia työpaikkoja", counts.jobs_planned),
            ("Uusia yrityksiä", counts.new_companies_planned),
        ];
        self.numbers("7 Seurantatiedot", &rows, grouped)
    }

    fn numbers(
        &mut self,
        title: &str,
        rows: &[(&str, Option<u64>)],
        show: fn(u64) -> String,
    ) -> io::Result<()> {
        if rows.iter().all(|(_, number)| number.is_none()) {
            return Ok(());
        }
        self.title(title)?;
        for (label, number) in rows {
            self.row(label, number.map(show).as_deref())?;
        }
        Ok(())
    }

    fn places(&mut self, project: &Project<'_>) -> io::Result<()> {
        let places = &project.places;
        let lists = [&places.regions, &places.subregions, &places.municipalities];
        let site = address(&places.site);
        if lists.iter().all(|l| l.is_empty()) && site.is_none() && !places.national {
            return Ok(());
        }
        self.title("6 Alueet")?;
        self.row("Kohdealue", places.national.then_some("koko maa"))?;
        self.list("Maakunnat", &places.regions)?;
        self.list("Seutukunnat", &places.subregions)?;
        self.list("Kunnat", &places.municipalities)?;
        self.row("Toteutuspaikka", site.as_deref())
    }

    fn principles(&mut self, project: &Project<'_>) -> io::Result<()> {
        if project
            .equality
            .iter()
            .any(|a| a.yes.is_some() || a.comment.is_some())
        {
            self.title("8.1 Sukupuolten tasa-arvo")?;
            for (question, answer) in QUESTIONS.iter().zip(&project.equality) {
                let yes = match answer.yes {
                    Some(true) => "Kyllä",
                    Some(false) => "Ei",
                    None => "?",
                };
                self.paragraphs(&format!("{}: {yes}", question.fi))?;
                self.comment(answer.comment)?;
            }
        }
        let impacts = &project.sustainability;
        if impacts.iter().any(|row| *row != Impact::default()) {
            self.title("8.2 Kestävä kehitys (välitön, välillinen, 0–10)")?;
            for (row, impact) in ROWS.iter().zip(impacts) {
                let score = |s: Option<u8>| s.map_or_else(|| "–".to_owned(), |s| s.to_string());
                let (direct, indirect) = (score(impact.direct), score(impact.indirect));
                write!(self.out, "{:INDENT$}{direct:>2} {indirect:>2}  ", "")?;
                folded(self.out, row.fi, &[], self.page, INDENT + 7)?;
                self.comment(impact.comment)?;
            }
        }
        Ok(())
    }

    fn comment(&mut self, comment: Option<&str>) -> io::Result<()> {
        for line in comment
            .into_iter()
            .flat_map(str::lines)
            .filter(|l| !l.trim().is_empty())
        {
            write!(self.out, "{:1$}", "", INDENT + 7)?;
            folded(self.out, line, &[], self.page, INDENT + 7)?;
        }
        Ok(())
    }
}

fn address(address: &Address<'_>) -> Option<String> {
    let town = [address.postal_code, address.town]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let town = (!town.is_empty()).then(|| town.join(" "));
    let parts: Vec<_> = [address.street, town.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Writes where each line of a description ended: number, place, text.
///
/// # Errors
/// When the sink fails.
pub fn ledger<'t>(out: &mut dyn Write, lines: impl Iterator<Item = Record<'t>>) -> io::Result<()> {
    for Record { line, place, text } in lines {
        let place = place.to_string();
        writeln!(out, "{line:>5}  {place:<34} {}", Visible(text))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_line_of_what_is_known() {
        let known = Address {
            street: Some("Koivutie 1"),
            postal_code: None,
            town: Some("Kemi"),
        };
        assert_eq!(address(&known).as_deref(), Some("Koivutie 1, Kemi"));
        assert_eq!(address(&Address::default()), None);
    }

    #[test]
    fn an_empty_project_is_shown_without_empty_sections() {
        let mut out = Vec::new();
        write(&mut out, &Project::default(), Page { width: None }).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
        assert_eq!(text, "(no code)  (no name)\n\n1 Hanke\n");
    }
}
