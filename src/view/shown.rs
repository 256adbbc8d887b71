//! What comes and goes on a page. One body each for all pages, because every function that `Show` or `For` is given
//! costs several kilobytes of code, and a function in a box costs none.

use leptos::prelude::*;

/// Shows something while a condition holds. It is drawn again each time the condition comes to hold.
pub fn when(shown: Memo<bool>, body: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let body: Box<dyn Fn() -> AnyView + Send> = Box::new(body);
    view! { {move || shown.get().then(&body)} }.into_any()
}

/// A line of a list, drawn once.
pub struct Line {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Line {
    /// A line that is the same one as long as its key is.
    pub fn new(key: String, draw: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key, draw: Box::new(draw) }
    }
}

/// A list whose lines come, go and move without drawing the others again.
pub fn lines(each: impl Fn() -> Vec<Line> + Send + 'static) -> AnyView {
    let each: Box<dyn Fn() -> Vec<Line> + Send> = Box::new(each);
    view! { <For each key=|line: &Line| line.key.clone() children=|line: Line| (line.draw)()/> }.into_any()
}
