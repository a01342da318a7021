//! How money, years and changes are worded.
