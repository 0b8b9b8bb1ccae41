import Testing

/// What goes on beside the one cluster's life, a suite after the other: two at a time are what a small machine carries.
@Suite("Beside the cluster's life", .lab, .serialized)
enum Beside {}
