//! The marks: a shape for every meaning, always beside a word. The drawings stand once in `index.html`.

use leptos::prelude::*;

/// A mark of the sheet in `index.html`, by the part of its id behind `m-`.
#[component]
pub fn Mark(
    /// `err`, `warn`, `ok`, `info`, `dash`, `half`, `full`, `two`, `up` or `lock`.
    name: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = format!("mark {class}");
    view! { <svg class=class.trim().to_owned() aria-hidden="true"><use href=format!("#m-{name}")></use></svg> }
}
