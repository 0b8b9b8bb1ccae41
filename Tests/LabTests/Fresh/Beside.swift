import Testing

/// What goes on beside the one cluster's life, a suite after the other.
///
/// Two clusters at a time are what a small machine carries. What fails on a bare host is a third line, as it mostly waits.
@Suite("Beside the cluster's life", .lab, .serialized)
enum Beside {}
