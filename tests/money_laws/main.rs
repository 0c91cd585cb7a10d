//! Laws of money: words, sums, no float anywhere near, and every joint state of claim, payment and order.

#[cfg(test)]
mod machines;
#[cfg(test)]
mod properties;
