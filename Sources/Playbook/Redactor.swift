/// Takes secrets out of text, by value.
struct Redactor: Sendable {
    private var secrets: [String] = []

    /// Makes a redactor for the secret ones of some values.
    init(_ values: Values) {
        for text in values.secretTexts { add(text) }
    }

    /// Adds a secret; of one with several lines, each line that says something is one, since output comes by
    /// lines.
    mutating func add(_ secret: String) {
        let lines = secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.count >= 4 }
        for text in Set(lines + [secret]) where text.count >= 4 && !secrets.contains(text) {
            secrets.append(text)
        }
        // The longest first, so that a secret that holds another one leaves no rest of itself.
        secrets.sort { $0.utf8.count > $1.utf8.count }
    }

    /// The text with dots for secrets.
    func clean(_ text: String) -> String {
        var result = text
        for secret in secrets where result.contains(secret) {
            result = result.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: Secret(secret).description)
        }
        return result
    }
}
