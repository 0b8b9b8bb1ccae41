import Foundation

/// One thing that goes wrong in a run, at one place of it.
struct Fault: Sendable, CustomStringConvertible {
    /// What goes wrong.
    enum Kind: String, Sendable, CaseIterable {
        /// The connection is cut after so many bytes of the whole run, both ways together.
        case cut
        /// The connection is cut at a step that works, and again so many bytes later.
        case resume
        /// The tool is killed after so many events.
        case kill
        /// The tool gets Ctrl-C after so many events.
        case stop
        /// The host loses its power after so many events, and starts again.
        case power
    }

    /// Who logs in.
    enum Login: String, Sendable, CaseIterable {
        /// root.
        case root
        /// A user who gets to be root by sudo.
        case sudo
        /// A user who does without root.
        case user
    }

    /// What goes wrong.
    let kind: Kind
    /// How many bytes or events come before.
    let place: Int
    /// Who logs in.
    let login: Login

    /// What to type to see it alone.
    var description: String { "make fault \(kind.rawValue.uppercased())=\(place) LOGIN=\(login.rawValue)" }
}
