//! What is wrong or missing in a report: violations of the schema, rules, and the sentences that say so.
