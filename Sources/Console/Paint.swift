/// Colours text, or leaves it alone where colours are not wanted.
package struct Paint: Sendable {
    /// What a piece of text is, by its colour (SGR codes of ECMA-48).
    package enum Color: Int, Sendable { case bold = 1, dim = 2, red = 31, green = 32, yellow = 33, cyan = 36 }

    /// Whether colours are wanted.
    package let isOn: Bool

    /// Makes one.
    package init(isOn: Bool) { self.isOn = isOn }

    /// The text in a colour.
    package func callAsFunction(_ text: String, _ color: Color?) -> String {
        guard isOn, let color else { return text }
        return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
    }
}
