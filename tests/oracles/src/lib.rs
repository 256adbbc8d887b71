//! Nothing to use: this package holds only tests, in `tests/`, that compare Chancery with other programs.
