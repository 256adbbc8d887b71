//! The export panel: what would leave, what it is called, and the two buttons.

use leptos::prelude::*;

use super::marks::Mark;
use super::{after_paint, dom};
use crate::app::{Editor, Exported, words};
use crate::exchange::parts::State;
use crate::findings::Severity;

/// What the panel says before the export.
#[derive(Clone, PartialEq)]
struct Told {
    state: State,
    revision: u64,
    replaces: Option<u64>,
    not_sent: usize,
    file: Result<String, String>,
}

/// The one framed block of the page.
#[component]
pub fn ExportPanel(editor: Editor) -> impl IntoView {
    let made = RwSignal::new(0_u32);
    let said = RwSignal::new(None::<Result<String, String>>);
    let told = Memo::new(move |_| {
        made.track();
        editor.findings.track();
        tell(&editor)
    });
    let count = move |severity: Severity| {
        editor.findings.with(|all| all.iter().filter(|finding| finding.severity == severity).count())
    };
    let findings = Signal::derive(move || {
        let errors = words::count(count(Severity::Error), "error");
        format!("{errors}, {}", words::count(count(Severity::Warning), "warning"))
    });
    let export = move |_| {
        said.set(Some(match editor.export() {
            Exported::File(name) => Ok(format!("{name} was handed to the browser.")),
            Exported::Refused(words) => Err(words),
        }));
        made.update(|made| *made += 1);
    };
    let complete = move |_| {
        let done = editor.mark_complete();
        said.set(done.then(|| Ok("The report is complete.".to_owned())));
        made.update(|made| *made += 1);
        if !done {
            after_paint(|| {
                dom::focus("error-summary");
            });
        }
    };
    let state = move |told: Told| {
        let (mark, class) = if told.state == State::Draft { ("half", "st") } else { ("ok", "st ok") };
        view! { <span class=class><Mark name=mark/>{words::state(told.state)}</span>{format!(", revision {}", told.revision)} }
            .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="export-heading">
            <h2 id="export-heading">"Export"</h2>
            <dl>
                <dt>"State"</dt><dd>{move || state(told.get())}</dd>
                {move || told.get().replaces.map(|revision| view! { <dt>"Replaces"</dt><dd>{format!("revision {revision}")}</dd> }.into_any())}
                {move || editor.heading.with(|heading| heading.marking.clone()).map(|marking| view! { <dt>"Marking"</dt><dd>{marking}</dd> }.into_any())}
                <dt>"Findings"</dt><dd>{findings}</dd>
                {move || Some(told.get().not_sent).filter(|count| *count > 0).map(|count| view! { <dt>"Not sent"</dt><dd>{words::count(count, "answer")}</dd> }.into_any())}
            </dl>
            <div>
                <p class="small quiet">"File name"</p>
                <p class="code file">{move || told.get().file.unwrap_or_else(|error| error)}</p>
            </div>
            <div class="actions">
                <button class="btn main" type="button" on:click=export>"Export JSON"</button>
                <button class="btn" type="button" on:click=complete>"Mark complete"</button>
            </div>
            <div aria-live="polite" class="panel-said">
                {move || said.get().map(|said| match said {
                    Ok(words) => view! { <p class="small"><span class="st ok"><Mark name="ok"/>{words}</span></p> }.into_any(),
                    Err(words) => view! { <p class="err-msg"><Mark name="err"/><span>{words}</span></p> }.into_any(),
                })}
            </div>
            <p class="small quiet">{move || note(told.get().state, count(Severity::Error))}</p>
        </section>
    }
}

fn tell(editor: &Editor) -> Told {
    let file = editor.file();
    editor.with_open(|open| {
        let last = open.draft.last.as_ref().map(|last| last.envelope.report.revision);
        let changed = open.draft.is_changed(&open.report).unwrap_or(true);
        // The digest of a changed report is known only once it is written, because the time is part of it.
        let file = file.map(|file| if changed { file.name.replace(&file.digest.short(), "…") } else { file.name });
        Told {
            state: open.draft.exported_state(&open.report),
            revision: last.unwrap_or(0) + u64::from(changed),
            replaces: last.filter(|_| changed),
            not_sent: open.report.outgoing().not_sent.len(),
            file,
        }
    })
}

fn note(state: State, errors: usize) -> String {
    match (state, errors) {
        (State::Draft, 0) => "Exporting now writes a draft and says so in the file. Mark it complete first when it is.".to_owned(),
        (State::Draft, 1) => "Exporting now writes a draft and says so in the file. \"Mark complete\" becomes possible when the error is gone.".to_owned(),
        (State::Draft, errors) => format!(
            "Exporting now writes a draft and says so in the file. \"Mark complete\" becomes possible when the {errors} errors are gone."
        ),
        _ => "Any edit makes it a draft again.".to_owned(),
    }
}
