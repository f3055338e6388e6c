//! What `verify --deep` tells: an index is not the worse for descriptions that
//! changed since, and they are found wherever one stands.

use std::fs;

use crate::house::House;
use crate::inputs::{code, description};

fn house() -> House {
    let house = House::new();
    for number in 1..=4 {
        house.write(&format!("{number}.txt"), description(&code(number)));
    }
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    house
}

#[test]
fn the_descriptions_are_found_from_another_folder_too() {
    let house = house();
    let index = house.path("index");
    let args = ["verify", "--deep", "--index", index.to_str().unwrap()];
    let mut command = house.command(&args);
    let output = command.current_dir("/").output().unwrap();
    let ran = crate::house::Ran::from(output);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("the index in "), "{ran:?}");
}

#[test]
fn what_became_of_descriptions_is_told_but_nothing_that_is_wrong_with_the_index() {
    let house = house();
    house.write("2.txt", description(&code(2)).replace("2017", "2018"));
    fs::remove_file(house.path("files/3.txt")).unwrap();
    let ran = house.run(&["verify", "--deep"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for told in [
        "2.txt: was changed since the last run",
        "3.txt: is gone since the last run",
        "2 descriptions are not what was indexed",
        "is what was written",
    ] {
        assert!(ran.out.contains(told), "{told}: {ran:?}");
    }
    // What the last run kept although it could not read it is no damage either.
    house.write("4.txt", "");
    assert_eq!(house.run(&["index", "files"]).code, Some(1));
    let ran = house.run(&["verify", "--deep"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("4.txt: could not be read by the last run"));
}

#[test]
fn descriptions_that_are_somewhere_else_are_asked_for_once() {
    let house = house();
    fs::rename(house.path("files"), house.path("moved")).unwrap();
    let ran = house.run(&["verify", "--deep"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.out.contains("is what was written"), "{ran:?}");
    assert!(ran.err.contains("there is no ") && ran.err.contains("--corpus FOLDER"));
    assert!(!ran.out.contains("1.txt"), "{ran:?}");
    let ran = house.run(&["verify", "--deep", "--corpus", "moved"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
