"""What becomes of a proposal: judged, waited for, approved, merged, seen by people."""
