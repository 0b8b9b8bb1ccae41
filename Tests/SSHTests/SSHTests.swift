import Testing

/// All tests of the module, one after the other: they look at the clock, and a hundred handshakes beside them would
/// take all of a small machine.
@Suite(.serialized) enum SSHTests {}
