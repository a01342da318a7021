//! The groups (局, 分野) of a chapter in the table of what changed.

use gaisan::model::Lang;

use crate::change::markdown;

const HEAD: &str =
    "gaisan: 1\nid: c\ntitle: 章\nministry: 省\nstage: request\nunit: 百万円\nbreakdown: complete\n";

/// The rows of the table of two years' programs, each cell as it is printed.
fn rows(old: &str, new: &str, lang: Lang) -> Vec<Vec<String>> {
    let written = |year: &str, programs: &str| {
        let folder = tempfile::tempdir().unwrap();
        let chapter = format!("{HEAD}fiscal_year: {year}\nprograms:\n{programs}");
        std::fs::write(folder.path().join("request.yaml"), chapter).unwrap();
        folder
    };
    let (old, new) = (written("R4", old), written("R5", new));
    let page = markdown(old.path(), new.path(), Some(lang));
    let table = page.lines().skip_while(|line| !line.starts_with("|:---|---:|---:|---:|---:|")).skip(1);
    let table = table.take_while(|line| line.starts_with('|'));
    table.map(|row| row.split('|').skip(1).map(|cell| cell.trim_matches(' ').to_owned()).collect()).collect()
}

fn shown(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|row| row.join("|")).collect()
}

#[test]
fn lines_of_a_change_sheet_stand_in_their_groups_which_foot_on_both_sides() {
    let old = "
  - {id: a, title: 甲, group: [港湾局, 岸壁], requested: 100, prior: 10}
  - {id: b, title: 乙, group: [防災局], requested: 7, prior: 10}
  - {id: c, title: 丙, group: [港湾局, 航路], requested: 30, prior: 10}
  - {id: d, title: 丁, group: [港湾局, 岸壁], requested: 5, prior: 10}
  - {id: e, title: 戊, requested: 1, prior: 1}
  - {id: x, title: 己, group: [防災局], requested: 50, notes: [{kind: 再掲}], prior: 10}
";
    let new = "
  - id: a
    title: 甲
    group: [港湾局, 岸壁]
    requested: 120
    prior: 100
    breakdown: complete
    children:
      - {id: a1, title: 子, requested: 120, prior: 100}
  - {id: b, title: 乙, group: [港湾局, 岸壁], requested: 9, prior: 7}
  - {id: c, title: 丙, group: [港湾局, 航路], requested: 28, prior: 30}
  - {id: d, title: 丁, group: [港湾局, 岸壁], requested: 終了, prior: 5}
  - {id: e, title: 戊, requested: 1, prior: 1}
  - {id: f, title: 庚, group: [防災局], requested: 3, prior: 新規}
";
    let rows = rows(old, new, Lang::Ja);
    let expected = [
        "**港湾局**|142|157|15|10.6%||",
        "　**岸壁**|112|129|17|15.2%||",
        "　　甲|100|120|20|20.0%||",
        "　　うち 子||120|||新たに記載|",
        "　　乙|7|9|2|28.6%|移管（防災局から）|",
        "　　丁|5|終了|△5||終了|",
        "　**航路**|30|28|△2|△6.7%||",
        "　　丙|30|28|△2|△6.7%||",
        "戊|1|1|0|同額||",
        "**防災局**||3|3|||",
        "　己|50||△50||終了、再掲・内数|",
        "　庚||3|3||新規|",
        "**計**|**143**|**161**|**18**|**12.6%**||",
    ];
    assert_eq!(shown(&rows), expected);
}

#[test]
fn a_group_that_only_changed_its_name_says_what_it_was_called() {
    let old = "  - {id: a, title: 甲, group: 港湾課, group_en: Ports, requested: 3, prior: 1}\n  - {id: b, title: 乙, group: 港湾課, requested: 4, prior: 1}\n";
    let new = old.replace("港湾課", "港湾局").replace("Ports", "Ports and Harbors");
    let new =
        new.replace("prior: 1}\n  - {id: b", "prior: 3}\n  - {id: b").replace("4, prior: 1", "4, prior: 4");
    let both = [Lang::Ja, Lang::En].map(|lang| shown(&rows(old, &new, lang)).join("\n"));
    assert!(both[0].starts_with("**港湾局（旧：港湾課）**|"), "{}", both[0]);
    assert!(both[1].starts_with("**Ports and Harbors (formerly Ports)**|"), "{}", both[1]);
    assert!(!both.concat().contains("移管") && !both.concat().contains("moved"), "{both:?}");
}
