import Testing

/// Tests that change something on this machine as if it were a host: one after the other, because one run at a time
/// changes a host, and whoever comes later waits.
@Suite(.serialized) enum ThisMachine {}
