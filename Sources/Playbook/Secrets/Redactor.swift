import Glibc

/// Takes secrets out of text, by value and in the forms of ``SecretForms``.
package struct Redactor: Sendable {
    private var forms: [[UInt8]] = []
    private var known: Set<[UInt8]> = []
    private static let dots = Array(Secret("").description.utf8)

    /// Makes a redactor that knows no secret.
    package init() {}

    /// Makes a redactor for the secret ones of some values.
    init(_ values: Values) {
        for text in values.secretTexts { add(text) }
    }

    /// Adds a secret; one of fewer than four characters is not searched for.
    package mutating func add(_ secret: String) {
        let new = SecretForms(secret).all.subtracting(known)
        guard !new.isEmpty else { return }
        known.formUnion(new)
        forms += new
        // The longest first, so that a secret that holds another one leaves no rest of itself.
        forms.sort { $0.count > $1.count }
    }

    /// The text with dots for secrets.
    package func clean(_ text: String) -> String {
        guard !forms.isEmpty else { return text }
        var bytes = Array(text.utf8)
        var isChanged = false
        for form in forms where form.count <= bytes.count {
            guard var place = Self.find(form, in: bytes, from: 0) else { continue }
            var result: [UInt8] = []
            var start = 0
            while true {
                result += bytes[start..<place]
                result += Self.dots
                start = place + form.count
                guard let next = Self.find(form, in: bytes, from: start) else { break }
                place = next
            }
            bytes = result + bytes[start...]
            isChanged = true
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Where bytes next stand in others; by memchr(3) and memcmp(3), since every line of every host goes through here.
    private static func find(_ form: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { hay in
            form.withUnsafeBytes { needle -> Int? in
                guard let base = hay.baseAddress, let word = needle.baseAddress else { return nil }
                var place = start
                while place + needle.count <= hay.count {
                    let room = hay.count - needle.count - place + 1
                    guard let first = memchr(base + place, Int32(needle[0]), room) else { return nil }
                    place = UnsafeRawPointer(first) - base
                    if memcmp(base + place, word, needle.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}
