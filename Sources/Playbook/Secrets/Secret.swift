/// A value that cannot be printed by accident: every description of it is a row of dots.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: String

    /// Wraps a secret.
    package init(_ value: String) { self.value = value }

    /// The secret itself, for standard input and environment of the program that needs it, and for nothing
    /// else.
    package func reveal() -> String { value }

    /// Whether it is long enough to be searched for and hidden in output: four characters.
    package var canBeHidden: Bool { value.count >= SecretForms.shortest }

    /// Dots.
    package var description: String { "••••••" }
    /// Dots.
    package var debugDescription: String { description }
    /// Shows nothing of the value to `dump` and debuggers.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
