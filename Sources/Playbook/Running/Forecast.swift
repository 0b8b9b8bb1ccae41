/// What a step that would change something brings with it, besides the change.
package struct Forecast: Sendable, Hashable {
    /// Something that comes from outside.
    package struct Coming: Sendable, Hashable {
        /// What it is, in a word: a package with its version, an image.
        package let name: String
        /// Its size on the way, in bytes; nil where that is not known.
        package let bytes: Int?
        /// Whether the size is that of another version.
        package let isRough: Bool

        /// Makes one.
        package init(name: String, bytes: Int?, isRough: Bool = false) {
            self.name = name
            self.bytes = bytes
            self.isRough = isRough
        }

        /// Reads a line `BYTES NAME`, where BYTES is `-` when nobody knows it, and begins with `~` when it is rough.
        init?(line: Substring) {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let size = words.first else { return nil }
            let number = Int(size.drop { $0 == "~" })
            guard number != nil || size == "-" else { return nil }
            self.init(name: String(words[1]), bytes: number, isRough: size.hasPrefix("~"))
        }
    }

    /// What restarts, or is away meanwhile; nil where nobody notices.
    package var effect: String?
    /// How many seconds it takes, as measured elsewhere; nil where that is a moment.
    package var seconds: Int?
    /// What comes from outside.
    package var comings: [Coming]

    /// Makes a forecast.
    package init(effect: String? = nil, seconds: Int? = nil, comings: [Coming] = []) {
        self.effect = effect
        self.seconds = seconds
        self.comings = comings
    }

    /// Makes the forecast of a step out of what its `brings` printed; nil where there is nothing to say.
    init?(of step: Step, brings text: String) {
        self.init(
            effect: step.effect, seconds: step.seconds,
            comings: text.split(whereSeparator: \.isNewline).compactMap { Coming(line: $0) })
        guard self != Forecast() else { return nil }
    }
}
