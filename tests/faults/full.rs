//! The disk is full, and then somebody makes room.

use std::fs;
use std::time::Instant;

use crate::disk::{FirstDay, shim, work_behind};
use crate::proof::prove_and_finish;
use crate::work::stages;

#[test]
fn an_office_on_a_full_disk_goes_on_by_itself_when_there_is_room_again() {
    let (day, shim) = (FirstDay::make(), shim());
    let untouched = day.copy();
    let calm = work_behind(&shim, untouched.path(), &[]);
    let expected = prove_and_finish(untouched.path(), &calm.acknowledged);
    let mut ran_full = 0;
    let begun = Instant::now();
    for space in [0, 60_000, 120_000, 250_000, 400_000, 600_000, 800_000, 1_000_000] {
        let (folder, mark) = (day.copy(), tempfile::NamedTempFile::new().unwrap());
        let space = space.to_string();
        let worked =
            work_behind(&shim, folder.path(), &[("SANTUNAN_FAULT_SPACE", &space), ("SANTUNAN_FAULT_FULL", mark.path().to_str().unwrap())]);
        // The mark went when the child met the full disk and made room.
        ran_full += usize::from(fs::metadata(mark.path()).is_err());
        assert_eq!((worked.acknowledged.len(), &worked.gave_up), (stages().concat().len(), &None), "{space}: {worked:?}");
        assert_eq!(prove_and_finish(folder.path(), &worked.acknowledged), expected, "{space}: {worked:?}");
    }
    println!("{ran_full} disks ran full in {:.1?}", begun.elapsed());
    assert!(ran_full >= 5, "only {ran_full} ran full");
}
