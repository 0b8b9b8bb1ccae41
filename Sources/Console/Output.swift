import Glibc

/// A place that text is written to: a file descriptor, or what a test collects.
package struct Output: Sendable {
    private let sink: @Sendable ([UInt8]) -> Void

    /// Makes an output of a function that takes each piece whole.
    package init(_ sink: @escaping @Sendable ([UInt8]) -> Void) { self.sink = sink }

    /// Writes text with as few calls of write(2) as the descriptor takes, normally one.
    package func write(_ text: String) { sink(Array(text.utf8)) }

    /// Writes bytes, which may be no text at all.
    package func write(_ bytes: [UInt8]) { sink(bytes) }

    /// An output to a descriptor.
    ///
    /// A reader that has gone away (`mooc-cluster status | head -1`) is no error: the rest is dropped.
    package static func descriptor(_ descriptor: Int32) -> Output {
        Output { bytes in
            var bytes = bytes[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    bytes = bytes.dropFirst(count)
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
