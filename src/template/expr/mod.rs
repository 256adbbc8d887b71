//! The expression language of conditions, calculations, filters and rules. Defined by FORMAT.md.
