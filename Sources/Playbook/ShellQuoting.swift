/// Quotes text so that a POSIX shell takes it as it is.
enum ShellQuoting {
    /// The text in single quotes; a single quote in it becomes `'\''`.
    static func quoted(_ text: String) -> String {
        var result = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { result += "'\\''" } else { result.unicodeScalars.append(scalar) }
        }
        return result + "'"
    }
}
