//! Reports: the drafts and exported reports of this browser.

use leptos::prelude::*;

use super::marks::Mark;
use super::open_file::{OpenFile, OpenedFiles};
use super::shown::{Line, lines};
use super::{after_paint, app, arrive, dom};
use crate::app::{Deleted, Route, words};
use crate::exchange::parts::State;
use crate::sorting::sort_by;
use crate::store::{Aside, Header};

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Report,
    State,
    Answered,
    Change,
}

/// The list.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let app = app();
    app.leave_report();
    arrive("Reports");
    let (said, route) = (app.opened, app.route);
    // What was said about files stays with the report that was opened, when the person went there.
    on_cleanup(move || {
        let draft = route.with_untracked(|route| route.draft().map(str::to_owned));
        said.update(|said| {
            said.retain(|one| one.draft.as_ref().is_some_and(|key| Some(key.as_str()) == draft.as_deref()))
        });
    });
    let query = RwSignal::new(String::new());
    let shown_state = RwSignal::new(String::new());
    let order = RwSignal::new((Column::Change, true));
    let listing = app.listing;
    let failed = RwSignal::new(None::<String>);
    let empty = Memo::new(move |_| listing.with(|listing| listing.drafts.is_empty() && listing.aside.is_empty()));
    let list = move |empty: bool| match empty {
        true => view! { <NoReports/> }.into_any(),
        false => view! { <Tools query shown_state/><Records query shown_state order failed/> }.into_any(),
    };
    view! {
        <main class="page" id="main">
            <div class="page-head">
                <h1 id="page-heading" tabindex="-1">"Reports"</h1>
                <div class="actions">
                    <a class="btn main" href="#/new">"New report"</a>
                    <OpenFile/>
                </div>
            </div>
            <StoreTrouble/>
            <super::bin::Unsaved/>
            <OpenedFiles said/>
            <DeletedNote/>
            <div role="alert">{move || failed.get().map(|words| view! { <p class="err-msg"><Mark name="err"/>{words}</p> }.into_any())}</div>
            {move || list(empty.get())}
            <super::bin::Bin/>
            <Room/>
        </main>
    }
}

/// The store could not be read, or there is none.
#[component]
fn StoreTrouble() -> impl IntoView {
    let listing = app().listing;
    let trouble = move || listing.with(|listing| listing.trouble.as_ref().map(ToString::to_string));
    let note = |words: String| {
        view! {
            <div class="note warn" role="alert">
                <p><Mark name="warn"/>" "<b>{crate::app::sentence(&words)}</b>
                " Reports can be written and exported here, but nothing is kept when the page is closed."</p>
            </div>
        }
        .into_any()
    };
    view! { {move || trouble().map(note)} }
}

#[component]
fn NoReports() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="lead">"No report is kept in this browser yet."</p>
            <p class="quiet">"A report is kept here from the first letter, and nowhere else. Start one with New report, or open a file that was exported."</p>
        </div>
    }
}

#[component]
fn DeletedNote() -> impl IntoView {
    let app = app();
    let deleted = app.deleted;
    let note = move |one: Deleted| {
        let app = app.clone();
        let back = move |_| {
            if app.bring_back(&one.key).is_ok() {
                after_paint(|| {
                    dom::focus("page-heading");
                });
            }
        };
        view! {
            <div class="note removed" role="status" id="deleted-note">
                <p><b>{one.title}</b>" was deleted."</p>
                <div class="actions"><button class="btn small" type="button" id="bring-back" on:click=back>"Bring back"</button></div>
            </div>
        }
        .into_any()
    };
    view! { {move || deleted.get().map(&note)} }
}

#[component]
fn Tools(query: RwSignal<String>, shown_state: RwSignal<String>) -> impl IntoView {
    let listing = app().listing;
    let count = move |which: &str| {
        listing.with(|listing| match which {
            "" => listing.drafts.len() + listing.aside.len(),
            "aside" => listing.aside.len(),
            which => listing.drafts.iter().filter(|header| kind(header) == which).count(),
        })
    };
    let option = move |value: &'static str, label: &'static str| {
        view! { <option value=value>{move || format!("{label} ({})", count(value))}</option> }
    };
    view! {
        <form class="tools" role="search" on:submit=|event| event.prevent_default()>
            <div>
                <label class="lab" for="q">"Search titles and identifiers"</label>
                <input class="box find" id="q" type="search" autocomplete="off" on:input=move |event| query.set(event_target_value(&event))/>
            </div>
            <div>
                <label class="lab" for="f">"Show"</label>
                <select class="box" id="f" on:change=move |event| shown_state.set(event_target_value(&event))>
                    {option("", "All states")}
                    {option("draft", "Drafts")}
                    {option("complete", "Complete, not exported")}
                    {option("exported", "Exported")}
                    {option("aside", "Set aside")}
                </select>
            </div>
        </form>
    }
}

/// Which of the states of the list a report is in.
fn kind(header: &Header) -> &'static str {
    let exported = header.report.revision > 0 && !header.changed_since_export;
    match State::parse(&header.report.state) {
        _ if exported => "exported",
        Some(State::Draft) | None => "draft",
        Some(_) => "complete",
    }
}

#[component]
fn Records(
    query: RwSignal<String>,
    shown_state: RwSignal<String>,
    order: RwSignal<(Column, bool)>,
    failed: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = app();
    let listing = app.listing;
    let rows = Memo::new(move |_| {
        let wanted = query.get().to_lowercase();
        let state = shown_state.get();
        let (column, falling) = order.get();
        let mut rows: Vec<Header> = listing.with(|listing| {
            let fits = |header: &&Header| {
                let text = format!("{} {}", header.report.title, header.report.identifier.as_deref().unwrap_or(""));
                text.to_lowercase().contains(&wanted) && (state.is_empty() || kind(header) == state)
            };
            listing.drafts.iter().filter(fits).cloned().collect()
        });
        sort_by(&mut rows, |a, b| match column {
            Column::Report => a.report.title.to_lowercase().cmp(&b.report.title.to_lowercase()),
            Column::State => kind(a).cmp(kind(b)),
            Column::Answered => share(a).total_cmp(&share(b)),
            Column::Change => a.saved_at.cmp(&b.saved_at),
        });
        if falling {
            rows.reverse();
        }
        rows
    });
    let aside = Memo::new(move |_| match shown_state.get().as_str() {
        "" | "aside" => listing.with(|listing| listing.aside.clone()),
        _ => Vec::new(),
    });
    let head = move |column: Column, label: &'static str, class: &'static str| {
        let sort = move || {
            order.with(|(now, falling)| (*now == column).then_some(if *falling { "descending" } else { "ascending" }))
        };
        let press = move |_| {
            order.update(|(now, falling)| {
                *falling = if *now == column { !*falling } else { column == Column::Change };
                *now = column;
            });
        };
        view! {
            <th role="columnheader" scope="col" class=class aria-sort=sort><button type="button" on:click=press>{label}</button></th>
        }
    };
    let row = {
        let app = app.clone();
        move || {
            let row = |header: Header| {
                let app = app.clone();
                let key = format!("{} {}", header.draft.as_str(), header.save_number);
                Line::new(key, move || view! { <Row header now=app.now() failed/> }.into_any())
            };
            rows.get().into_iter().map(row).collect()
        }
    };
    let aside_rows = move || {
        let row = |one: Aside| Line::new(one.key.clone(), move || view! { <AsideRow one/> }.into_any());
        aside.get().into_iter().map(row).collect()
    };
    view! {
        <table class="recs stack" role="table" aria-label="Reports in this browser">
            <thead role="rowgroup"><tr role="row">
                {head(Column::Report, "Report", "main-col")}
                {head(Column::State, "State", "")}
                {head(Column::Answered, "Required answered", "")}
                <th role="columnheader" scope="col">"To look at"</th>
                {head(Column::Change, "Last change", "")}
                <th role="columnheader" scope="col">"Copy outside"</th>
            </tr></thead>
            <tbody role="rowgroup">
                {lines(row)}
                {lines(aside_rows)}
            </tbody>
        </table>
        <p class="quiet none" aria-live="polite">
            {move || (rows.with(Vec::is_empty) && aside.with(Vec::is_empty)).then_some("No report fits the search.")}
        </p>
    }
}

#[expect(clippy::cast_precision_loss, reason = "only compared, and the counts are small")]
fn share(header: &Header) -> f64 {
    header.counts.answered as f64 / (header.counts.required.max(1)) as f64
}

#[component]
fn Row(header: Header, now: (i64, i32), failed: RwSignal<Option<String>>) -> impl IntoView {
    let app = app();
    let (now, offset) = now;
    let key = header.draft.clone();
    let href = Route::Editor { draft: key.as_str().to_owned(), section: None, at: None }.hash();
    let title = header.report.title.clone();
    let form = {
        let reference = header.template.clone();
        let templates = app.templates;
        Signal::derive(move || {
            let title = templates.with(|all| {
                all.iter().find(|one| one.reference == reference).map(|one| one.template.title().to_owned())
            });
            title.unwrap_or_else(|| format!("{} {} (form not in this browser)", reference.id, reference.version))
        })
    };
    let counts = header.counts.clone();
    let whole = counts.answered >= counts.required;
    let duplicate = {
        let (app, key) = (app.clone(), key.clone());
        move |_| match app.duplicate(&key) {
            Some(copy) => dom::go(&Route::Editor { draft: copy.as_str().to_owned(), section: None, at: None }),
            None => failed.set(Some("The report could not be duplicated.".to_owned())),
        }
    };
    let delete = {
        let (key, title) = (key.clone(), title.clone());
        move |_| match app.delete(&key, &title) {
            Ok(()) => after_paint(|| {
                dom::focus("bring-back");
            }),
            Err(words) => failed.set(Some(words)),
        }
    };
    let copy = header.last_copy.map_or_else(|| "Never".to_owned(), |at| words::days_ago(at, now));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                <span class="name"><a href=href>{title.clone()}</a></span>
                <span class="sub"><span class="num">{header.report.identifier.clone()}</span>" "{form}</span>
                <span class="row-tools">
                    <button class="btn plain small" type="button" on:click=duplicate>"Duplicate"<span class="vh">": "{title.clone()}</span></button>
                    <button class="btn plain small danger" type="button" on:click=delete>"Delete"<span class="vh">": "{title}</span></button>
                </span>
            </th>
            <td role="cell" data-h="State"><div>{state_words(&header)}</div></td>
            <td role="cell" data-h="Required answered">
                <div class="num">
                    {format!("{} of {}", counts.answered, counts.required)}
                    {(!whole).then(|| view! { <progress class="bar" aria-hidden="true" value=counts.answered max=counts.required></progress> })}
                </div>
            </td>
            <td role="cell" data-h="To look at"><div>{to_look_at(&header)}</div></td>
            <td role="cell" data-h="Last change"><span class="num">{words::moment(header.saved_at, now, offset)}</span></td>
            <td role="cell" data-h="Copy outside"><span class="num">{super::words::starting(&copy)}</span></td>
        </tr>
    }
}

fn state_words(header: &Header) -> AnyView {
    let revision = header.report.revision;
    let state = State::parse(&header.report.state).unwrap_or(State::Draft);
    let sub = match (revision, header.changed_since_export) {
        (0, _) => "Not exported yet".to_owned(),
        (revision, true) => format!("Changed since revision {revision} was exported"),
        (revision, false) if state == State::Draft => format!("Revision {revision}, as a draft"),
        (revision, false) => format!("Revision {revision}, no receipt yet"),
    };
    match kind(header) {
        "exported" => {
            view! { <span class="st"><Mark name="up"/>"Exported"</span><span class="sub">{sub}</span> }.into_any()
        }
        "complete" => {
            view! { <span class="st ok"><Mark name="ok"/>{words::state(state)}</span><span class="sub">{sub}</span> }
                .into_any()
        }
        _ if revision == 0 => view! { <span class="st"><Mark name="half"/>"Draft"</span> }.into_any(),
        _ => view! { <span class="st"><Mark name="half"/>"Draft"</span><span class="sub">{sub}</span> }.into_any(),
    }
}

fn to_look_at(header: &Header) -> AnyView {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match (header.counts.errors.map(number), header.counts.warnings.map(number)) {
        (None, _) => view! { <span class="st mute">"Not checked yet"</span> }.into_any(),
        (Some(0), None | Some(0)) => view! { <span class="st mute">"Nothing"</span> }.into_any(),
        (errors, warnings) => {
            let errors = errors.filter(|count| *count > 0);
            let warnings = warnings.filter(|count| *count > 0);
            view! {
                {errors.map(|count| view! { <span class="st err"><Mark name="err"/>{words::count(count, "error")}</span><br/> })}
                {warnings.map(|count| view! { <span class="st warn"><Mark name="warn"/>{words::count(count, "warning")}</span> })}
            }
            .into_any()
        }
    }
}

/// A stored text that cannot be read: never hidden, never overwritten.
#[component]
fn AsideRow(one: Aside) -> impl IntoView {
    let app = app();
    let said = RwSignal::new(None::<String>);
    let key = one.key.clone();
    let save = {
        let (app, key) = (app.clone(), key.clone());
        move |_| {
            let outcome = app.store().aside_text(&key).map_err(|error| error.to_string()).and_then(|text| {
                let offered = app.platform.downloads.offer("chancery-set-aside.txt", "text/plain", &text);
                offered.map_err(|error| error.to_string())
            });
            said.set(outcome.err().map(|error| crate::app::sentence(&error)));
        }
    };
    let delete = move |_| match app.store().delete_aside(&key) {
        Ok(()) => app.refresh(),
        Err(error) => said.set(Some(crate::app::sentence(&error.to_string()))),
    };
    let why = one.why.as_ref().map(|why| crate::app::sentence(&why.to_string())).unwrap_or_default();
    let bytes = super::words::thousands(one.bytes);
    view! {
        <tr role="row" class="broken">
            <th role="rowheader" scope="row">
                <span class="name">"Record that cannot be read"</span>
                <span class="sub">{format!("{bytes} bytes, kept exactly as found. {why} The other reports are not affected.")}</span>
            </th>
            <td role="cell" data-h="State"><span class="st err"><Mark name="err"/>"Set aside"</span></td>
            <td role="cell" data-h="Required answered">"Not known"</td>
            <td role="cell" data-h="To look at"><div class="actions tight flush">
                <button class="btn plain small" type="button" on:click=save>"Save to a file"</button>
                <button class="btn plain small danger" type="button" on:click=delete>"Delete"<span class="vh">" the record that cannot be read"</span></button>
                <span aria-live="polite">{move || said.get()}</span>
            </div></td>
            <td role="cell" data-h="Last change">"Not known"</td>
            <td role="cell" data-h="Copy outside">"Not known"</td>
        </tr>
    }
}

/// How much room is used.
#[component]
fn Room() -> impl IntoView {
    let app = app();
    let words = Signal::derive(move || {
        app.listing.track();
        let usage = app.usage()?;
        let count = app.listing.with_untracked(|listing| listing.drafts.len() + listing.aside.len());
        let millions = |units: usize| format!("{}.{}", units / 1_000_000, units % 1_000_000 / 100_000);
        Some(format!(
            "{} in this browser, {} of 5.2 million characters of room used.",
            words::count(count, "record"),
            millions(usage)
        ))
    });
    view! {
        <p class="small quiet page-foot">{words}" Chancery is for unclassified systems only."</p>
    }
}
