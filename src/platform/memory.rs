//! In-memory versions of the platform, with fault switches.
