internal import YAML

/// A name that an application has nothing of.
package struct UnknownName: Error, Sendable, Hashable {
    /// What it would have been: `service`.
    package let kind: String
    /// The name.
    package let name: String
    /// The names that there are.
    package let known: [String]

    /// The known name that was probably meant; nil when none is near.
    package var nearest: String? { Suggestion.nearest(to: name, among: known) }
}
