import Glibc

/// What libFuzzer feeds bytes to; it must find nothing wrong, whatever they are.
///
/// A target ends the process where something is wrong, so that libFuzzer keeps the bytes.
protocol Fuzzing: SendableMetatype {
    /// Works on one input.
    static func run(_ bytes: [UInt8])
}

/// The targets by the name after `--target=`, which is also their folder's in `corpus/`.
private let targets: [String: any Fuzzing.Type] = [
    "yaml": YAMLFuzzing.self, "inventory": InventoryFuzzing.self, "playbook": PlaybookFuzzing.self,
    "known-hosts": KnownHostsFuzzing.self, "ssh-config": SSHConfigFuzzing.self, "events": EventsFuzzing.self,
    "certificate": CertificateFuzzing.self,
]

// libFuzzer calls from one thread alone, and the second function only after the first.
nonisolated(unsafe) private var target: (any Fuzzing.Type)?

/// Takes the target's name out of the arguments; libFuzzer leaves those alone that start with two dashes.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
    for index in 0..<Int(count.pointee) {
        let word = arguments.pointee?[index].map { String(cString: $0) } ?? ""
        if word.hasPrefix("--target=") { target = targets[String(word.dropFirst("--target=".count))] }
    }
    if target == nil {
        print("usage: fuzz --target=NAME [CORPUS…], NAME one of \(targets.keys.sorted())")
        exit(64)
    }
    return 0
}

/// Works on one input of libFuzzer's.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    target?.run(Array(UnsafeBufferPointer(start: start, count: size)))
    return 0
}

/// Ends the process with words for a person where something is not as it must be.
func expect(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
}
