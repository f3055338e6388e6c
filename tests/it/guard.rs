//! The guard against what is suddenly gone: it stops a run that would take much out of
//! the index by accident, and only such a run.

use std::fs;

use crate::house::House;
use crate::inputs::{code, description};

#[test]
fn when_much_is_gone_at_once_nothing_is_deleted_unless_asked() {
    let house = House::new();
    let name = |number: usize| format!("{number:02}.txt");
    for number in 1..=30 {
        house.write(&name(number), description(&code(number)));
    }
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    for number in 1..=25 {
        fs::remove_file(house.path("files").join(name(number))).unwrap();
    }
    let all = || house.search(&["osatyökykyiset"]).len();
    let refused = |code| {
        let ran = house.run(&["index", "files"]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert_eq!(all(), 30);
    };
    refused(6);
    let away = house.path("away");
    fs::rename(house.path("files"), &away).unwrap();
    refused(5);
    fs::create_dir(house.path("files")).unwrap();
    refused(6);
    fs::remove_dir(house.path("files")).unwrap();
    fs::rename(&away, house.path("files")).unwrap();
    let ran = house.run(&["index", "files", "--allow-mass-delete"]);
    assert_eq!((ran.code, all()), (Some(0), 5), "{ran:?}");
}

#[test]
fn files_that_moved_or_never_were_descriptions_are_no_accident() {
    let house = House::new();
    for number in 1..=30 {
        house.write(&format!("{number:02}.txt"), description(&code(number)));
        // Without a code a project is known by its file.
        let nameless = format!("{}\n{number}\n", description(""));
        house.write(&format!("nameless{number:02}.txt"), nameless);
    }
    (0..90).for_each(|number| house.write(&format!("empty{number}.txt"), ""));
    assert_eq!(house.run(&["index", "files"]).code, Some(1));
    let found = || house.search(&["osatyökykyiset"]).len();
    assert_eq!(found(), 60);
    for number in 0..90 {
        fs::remove_file(house.path(&format!("files/empty{number}.txt"))).unwrap();
    }
    let ran = house.run(&["index", "files"]);
    assert_eq!((ran.code, found()), (Some(0), 60), "{ran:?}");
    let away = house.path("away");
    fs::rename(house.path("files"), &away).unwrap();
    fs::create_dir(house.path("files")).unwrap();
    fs::rename(&away, house.path("files/moved")).unwrap();
    let ran = house.run(&["index", "files"]);
    assert_eq!((ran.code, found()), (Some(0), 60), "{ran:?}");
    // As many new files are no old ones.
    fs::remove_dir_all(house.path("files/moved")).unwrap();
    (0..60).for_each(|number| house.write(&format!("{number}.txt"), description("S30000")));
    let ran = house.run(&["index", "files"]);
    assert_eq!((ran.code, found()), (Some(6), 60), "{ran:?}");
}

#[test]
fn many_files_that_were_overwritten_with_something_else_look_like_an_accident() {
    let house = House::new();
    let all = |text: &dyn Fn(usize) -> String| {
        (10..40).for_each(|number| house.write(&format!("{number}.txt"), text(number)));
    };
    all(&|number| description(&code(number)));
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    all(&|_| "503 Service Unavailable".to_owned());
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert_eq!(house.search(&["osatyökykyiset"]).len(), 30);
    let ran = house.run(&["index", "files", "--allow-mass-delete"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(house.search(&["osatyökykyiset"]).len(), 0);
}
