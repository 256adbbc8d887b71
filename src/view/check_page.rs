//! Check and export: every finding with a link to its field, what will not be sent, and the way out.

use leptos::prelude::*;

use super::export_panel::ExportPanel;
use super::going;
use super::marks::Mark;
use super::report_line::SaveWords;
use super::trouble::Trouble;
use super::{NotShown, app, arrive};
use crate::app::{Editor, Route, words};
use crate::findings::{Finding, Severity};
use crate::report::NodeId;

/// The page of one report.
#[component]
pub fn CheckPage(draft: String) -> impl IntoView {
    match app().editor(&draft) {
        Ok(editor) => view! { <Checked editor draft/> }.into_any(),
        Err(reason) => view! { <NotShown words=reason.0/> }.into_any(),
    }
}

#[component]
fn Checked(editor: Editor, draft: String) -> impl IntoView {
    editor.check_everything();
    // The list of reports tells what the check found.
    editor.save_if_waiting();
    editor.save_counts();
    arrive("Check and export");
    let now = editor.now();
    let offset = editor.platform().clock.offset_minutes(now);
    let back = Route::Editor { draft, section: editor.section.get_untracked(), at: None }.hash();
    let heading = editor.heading;
    let form = editor.with(|report| report.template().title().to_lowercase());
    let of = move |severity: Severity| {
        Memo::new(move |_| {
            let fits = |finding: &&Finding| finding.severity == severity;
            editor.findings.with(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
        })
    };
    let (errors, warnings, infos) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let rest = format!("{form}. Checked at {}, everything in it.", words::clock(now, offset));
    let identifier = Memo::new(move |_| heading.with(|heading| heading.identifier.clone()));
    let line = move |identifier: Option<String>| match identifier {
        Some(_) => format!(", {rest}"),
        None => super::words::starting(&rest),
    };
    view! {
        <Trouble editor/>
        <main class="page" id="main">
            <div class="page-head tight"><div>
                <p class="small"><a href=back>"Back to the report"</a></p>
                <h1 id="page-heading" tabindex="-1">"Check and export"</h1>
                <p class="lead">
                    <span class="ink own">{move || heading.with(|heading| heading.title.clone())}</span><br/>
                    <span class="small num">{move || identifier.get()}</span><span class="small">{move || line(identifier.get())}</span>
                </p>
            </div><SaveWords editor/></div>
            <div class="two-col">
                <div>
                    {move || error_summary(editor, &errors.get())}
                    {move || finding_list(editor, "Warnings", "to look at", "warn", &warnings.get())}
                    {move || finding_list(editor, "To know", "", "info", &infos.get())}
                    <NotSent editor/>
                </div>
                <ExportPanel editor/>
            </div>
        </main>
    }
}

fn error_summary(editor: Editor, errors: &[Finding]) -> AnyView {
    if errors.is_empty() {
        return view! {
            <div class="note fine" id="error-summary" tabindex="-1">
                <p><span class="st ok"><Mark name="ok"/>"No errors."</span>" The report can be marked complete."</p>
            </div>
        }
        .into_any();
    }
    let title = match errors.len() {
        1 => "1 error stops this report from being marked complete".to_owned(),
        count => format!("{count} errors stop this report from being marked complete"),
    };
    let lines = errors.iter().map(|finding| {
        view! {
            <li>
                <a href=going::address(&editor, &finding.at)>{finding.message.clone()}</a>
                <small>{going::place_words(&editor, &finding.at)}</small>
            </li>
        }
        .into_any()
    });
    view! {
        <section class="summary" aria-labelledby="summary-heading" id="error-summary" tabindex="-1">
            <h2 id="summary-heading">{title}</h2>
            <ul>{lines.collect_view()}</ul>
            <p class="small after">"You can keep, close or export the draft as it is."</p>
        </section>
    }
    .into_any()
}

fn finding_list(
    editor: Editor,
    title: &'static str,
    counted: &'static str,
    mark: &'static str,
    findings: &[Finding],
) -> AnyView {
    if findings.is_empty() {
        return ().into_any();
    }
    let lines = findings.iter().map(|finding| {
        view! {
            <li>
                <Mark name=mark class=mark/>
                <p><a href=going::address(&editor, &finding.at)>{finding.message.clone()}</a></p>
                <p class="where">{going::place_words(&editor, &finding.at)}</p>
            </li>
        }
        .into_any()
    });
    let lines = lines.collect_view();
    view! {
        <h2 class="finds-head">{title}" "<span class="quiet counted">{format!("{} {counted}", findings.len())}</span></h2>
        <ul class="finds">{lines}</ul>
    }
    .into_any()
}

/// Answers to questions that are not asked at present.
#[component]
fn NotSent(editor: Editor) -> impl IntoView {
    let answers: Vec<(NodeId, String, String)> = editor.with(|report| {
        let not_sent = report.outgoing().not_sent;
        let told = not_sent.into_iter().map(|id| {
            let label = report.node(&id).map_or_else(String::new, |node| node.label.clone());
            let spoken = report.index(&id).zip(report.value(&id));
            let text = spoken.and_then(|(node, value)| report.template().spoken(node, value)).unwrap_or_default();
            (id, label, text)
        });
        told.collect()
    });
    if answers.is_empty() {
        return ().into_any();
    }
    let title = match answers.len() {
        1 => "1 answer will not be sent".to_owned(),
        count => format!("{count} answers will not be sent"),
    };
    let lines = answers.into_iter().map(|(id, label, text)| {
        let holder = id.parent().unwrap_or_else(NodeId::root);
        let text = (!text.is_empty()).then(|| view! { ": "<span class="ink">{text}</span> });
        view! {
            <li>
                <Mark name="dash"/>
                <p><a href=going::address(&editor, &holder)>{label}</a>{text}</p>
                <p class="where">{going::place_words(&editor, &holder)}</p>
            </li>
        }
        .into_any()
    });
    view! {
        <h2>{title}</h2>
        <p class="quiet measure">"They belong to questions that are not asked at present. They stay in the draft and come back if the question does."</p>
        <ul class="finds">{lines.collect_view()}</ul>
    }
    .into_any()
}
