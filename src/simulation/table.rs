//! Rows of the simulated database, with what is needed to take a transaction back.

use super::refused::Refused;

/// A table whose changes since the last commit can be undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T> {
    rows: Vec<T>,
    /// Place and earlier content of every row the transaction touched, oldest first; no content for a new row.
    undo: Vec<(usize, Option<T>)>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), undo: Vec::new() }
    }
}

impl<T: Clone> Table<T> {
    /// Every row, by place.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row.
    pub fn get(&self, at: usize) -> Result<&T, Refused> {
        self.rows.get(at).ok_or(Refused::NotFound)
    }

    /// Places of rows that fit.
    pub fn places(&self, fits: impl Fn(&T) -> bool) -> Vec<usize> {
        (0..).zip(&self.rows).filter(|(_, row)| fits(row)).map(|(at, _)| at).collect()
    }

    /// Adds a row and says where it stands.
    pub fn insert(&mut self, row: T) -> usize {
        let at = self.rows.len();
        self.rows.push(row);
        self.undo.push((at, None));
        at
    }

    /// Changes a row.
    pub fn change(&mut self, at: usize, by: impl FnOnce(&mut T)) -> Result<(), Refused> {
        let row = self.rows.get_mut(at).ok_or(Refused::NotFound)?;
        self.undo.push((at, Some(row.clone())));
        by(row);
        Ok(())
    }
}

/// What a transaction did to a table, and can be made to last or never to have been.
pub trait Undoable {
    /// Whether the transaction changed anything here.
    fn is_touched(&self) -> bool;
    /// Makes the transaction's changes last.
    fn commit(&mut self);
    /// Takes the transaction's changes back, the last one first.
    fn roll_back(&mut self);
}

impl<T> Undoable for Table<T> {
    fn is_touched(&self) -> bool {
        !self.undo.is_empty()
    }

    fn commit(&mut self) {
        self.undo.clear();
    }

    fn roll_back(&mut self) {
        while let Some((at, before)) = self.undo.pop() {
            match (before, self.rows.get_mut(at)) {
                (Some(before), Some(row)) => *row = before,
                _ => self.rows.truncate(at),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, Undoable};

    #[test]
    fn what_is_rolled_back_never_was() {
        let mut table = Table::default();
        table.insert(1);
        table.commit();
        let before = table.clone();
        table.insert(2);
        table.change(0, |row| *row = 5).unwrap();
        table.change(1, |row| *row = 6).unwrap();
        table.change(0, |row| *row = 7).unwrap();
        assert!(table.is_touched());
        table.roll_back();
        assert_eq!(table, before);
        assert!(table.change(1, |_| ()).is_err());
    }
}
