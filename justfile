# The habits of the house; `just` alone lists them. Each can be run without just, too: it is the line below its name.

set positional-arguments

_list:
    @just --list

# The sheets of budgets/ into output/
sheets:
    cargo run --release --locked -- build

# Format, lints and the tests that match, all of them without a word: just check diffing::
check *WORDS:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings
    cargo test --locked -- "$@"

# Take the new snapshots, manuals and outputs in the docs; read `git diff` afterwards
accept *WORDS:
    INSTA_UPDATE=always cargo test --locked -- "$@"
    cargo run --locked -- rules --all > docs/rules.md

# Search longer for what breaks the laws, with new inputs each time
laws CASES="10000":
    PROPTEST_CASES={{ CASES }} cargo test --release --locked --test library laws::

# Try every fuzz target for so many seconds; FUZZ_TARGET=svg tries one
attack SECONDS="10":
    FUZZ_SECONDS={{ SECONDS }} cargo test --release --locked --test fuzz -- --ignored --nocapture

# A sheet as pictures of its PDF pages and of its HTML page, in target/look: just look fy2022/mext-5/aip
look SHEET="fy2022/mext-5/q-leap": sheets
    mkdir -p target/look
    pdftoppm -r 80 -png "output/$1.pdf" "target/look/$(basename "$1")"
    chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,1700 --screenshot="target/look/$(basename "$1")-page.png" "file://$PWD/output/$1.html"
    ls target/look

# The pages of docs/ as a site in target/book
book:
    mdbook build

# Everything that must hold before a merge
merge:
    bash .ci/run
