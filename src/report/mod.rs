//! What is being written: values, edits with their inverses, undo, relevance.
