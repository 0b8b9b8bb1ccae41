/// A course as Studio exports it: a folder with a `course.xml`.
package struct CourseExport: Sendable, Hashable {
    /// The folder among the files that it came in: `.`, or a path below.
    package let folder: String
    /// The course's key, such as `course-v1:edX+DemoX+Demo_Course`.
    package let key: String

    /// Takes a folder and the text of its `course.xml`; nil when that describes no course.
    ///
    /// - Parameters:
    ///   - folder: the folder.
    ///   - text: the text of `course.xml`.
    package init?(folder: String, text: String) {
        guard let tag = text.firstMatch(of: /<course\s[^>]*>/)?.output else { return nil }
        // Not the end of another attribute's name: `display_org`.
        func value(_ name: String) -> Substring? {
            for match in tag.matches(of: /\s([A-Za-z_]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/)
            where match.output.1 == name {
                return match.output.2 ?? match.output.3
            }
            return nil
        }
        guard let organisation = value("org"), let course = value("course"), let run = value("url_name")
        else {
            return nil
        }
        self.folder = folder
        key = "course-v1:\(organisation)+\(course)+\(run)"
    }

    /// The names of the files `course.xml` among some names, as they were written.
    package static func files(among names: some Sequence<String>) -> [String] {
        names.filter { $0 == Self.file || $0.hasSuffix("/\(Self.file)") }
    }

    /// The folder of a file.
    package static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    }

    private static let file = "course.xml"
}

extension Upkeep {
    /// kubectl's arguments for bringing a course into Studio: a tar archive, packed by gzip, is its standard input.
    ///
    /// It is what Tutor's `importdemocourse` does with a clone: `manage.py cms import`.
    ///
    /// - Throws: ``UnknownName`` when the edition has no Studio, and what ``running(_:in:takesInput:)`` throws.
    package func importing(_ course: CourseExport) async throws -> [String] {
        let (service, manage) = try rendered.manage("cms", in: edition)
        let script = """
            set -eu
            course=$1
            shift
            folder=$(mktemp -d)
            trap 'rm -rf "$folder"' EXIT
            tar -xzf - -C "$folder"
            "$@" import "$folder" "$folder/$course" </dev/null
            """
        return try await running(
            ["sh", "-c", script, "import", course.folder] + manage, in: service, takesInput: true)
    }
}
