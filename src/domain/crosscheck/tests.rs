//! Each rule on its own, by tables of cases.
