//! What leaves and what comes back: strict reading, canonical text, the envelope.
