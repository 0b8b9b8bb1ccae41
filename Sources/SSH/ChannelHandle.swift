internal import CLibSSH

/// What a channel has brought so far; filled by libssh's callbacks, on the session's thread alone.
final class ChannelEvents {
    /// Takes each piece of output in the order of arrival.
    let onOutput: (SSHStream, [UInt8]) -> Void
    /// How the command ended, when the host has said so.
    var end: SSHEnd?
    /// Whether the host has closed the channel: nothing more comes.
    var isClosed = false
    /// How many pieces of output came.
    var pieces = 0
    /// Whether nothing more is taken for now: libssh keeps what comes, and the host waits when that is much.
    var isFull = false
    /// Whether libssh keeps something that was not taken.
    var isHeldBack = false

    /// Makes a place for events.
    init(onOutput: @escaping (SSHStream, [UInt8]) -> Void) {
        self.onOutput = onOutput
    }
}

/// Owns a channel and the callbacks on it.
struct ChannelHandle: ~Copyable {
    /// The channel; nil when there is no memory.
    let raw: ssh_channel?
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
    private let events: ChannelEvents

    /// Makes a channel whose events go to that place; the session must outlive it.
    init(_ session: borrowing SessionHandle, _ events: ChannelEvents) {
        self.events = events
        raw = ssh_channel_new(session.raw)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: ssh_channel_callbacks_struct())
        callbacks.pointee.size = MemoryLayout<ssh_channel_callbacks_struct>.size
        callbacks.pointee.userdata = Unmanaged.passUnretained(events).toOpaque()
        callbacks.pointee.channel_data_function = { _, _, data, count, isError, place in
            guard let data, let events = ChannelEvents.at(place) else { return 0 }
            guard !events.isFull else {
                events.isHeldBack = true
                return 0
            }
            events.pieces += 1
            events.onOutput(
                isError == 0 ? .output : .error,
                [UInt8](UnsafeRawBufferPointer(start: data, count: Int(count))))
            return Int32(clamping: count)
        }
        callbacks.pointee.channel_exit_status_function = { _, _, code, place in
            ChannelEvents.at(place)?.end = .code(code)
        }
        callbacks.pointee.channel_exit_signal_function = { _, _, signal, _, _, _, place in
            ChannelEvents.at(place)?.end = .signal(signal.map { String(cString: $0) } ?? "")
        }
        callbacks.pointee.channel_close_function = { _, _, place in
            ChannelEvents.at(place)?.isClosed = true
        }
        ssh_set_channel_callbacks(raw, callbacks)
    }

    deinit {
        // libssh keeps a channel that the host has not closed yet, and would go on calling into freed memory.
        ssh_remove_channel_callbacks(raw, callbacks)
        ssh_channel_free(raw)
        callbacks.deallocate()
    }
}

extension ChannelEvents {
    /// The place that a callback was given.
    fileprivate static func at(_ place: UnsafeMutableRawPointer?) -> ChannelEvents? {
        place.map { Unmanaged<ChannelEvents>.fromOpaque($0).takeUnretainedValue() }
    }
}
