import Glibc
import Manifests
import Playbook

/// A course on this machine, packed for its way into a pod.
struct CourseFile {
    /// The course.
    let course: CourseExport
    /// A tar archive, packed by gzip.
    let packed: [UInt8]

    /// Reads a folder, or an archive as Studio's export and a repository's download are.
    ///
    /// - Throws: ``FileError`` when it cannot be read, and ``Complaint`` when it holds no course, or several.
    static func read(_ path: String, _ context: Context) async throws -> CourseFile {
        let place = ShellQuoting.quoted(context.path(path))
        var status = stat()
        guard stat(context.path(path), &status) == 0 else { throw FileError(path: path, code: errno) }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        func tar(_ words: String) async throws -> [UInt8] {
            let result = try await LocalCommand.run("\(words) 2>/dev/null", context)
            guard result.end == .code(0) else {
                throw Complaint(
                    .badInput, "\(path): tar cannot read this; give a folder, or a .tar.gz of one")
            }
            return result.output
        }
        // A folder without its history, which may be larger than the course.
        let packed =
            isFolder
            ? try await tar("tar -C \(place) --exclude=./.git -czf - .") : try Files.read(context.path(path))
        guard packed.starts(with: [0x1f, 0x8b]) else {
            throw Complaint(
                .badInput, "\(path): this is no archive packed by gzip; give a folder, or a .tar.gz of one")
        }
        let list = try await tar(
            isFolder ? "cd \(place) && find . -name .git -prune -o -type f -print" : "tar -tzf \(place)")
        let files = CourseExport.files(
            among: String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init))
        guard let file = files.first else {
            throw Complaint(.badInput, "\(path): this is no course export: no file there is course.xml")
        }
        guard files.count == 1 else {
            throw Complaint(
                .badInput,
                "\(path): there are several courses; give the folder of one: \(files.joined(separator: ", "))"
            )
        }
        let name = ShellQuoting.quoted(file)
        let text = try await tar(isFolder ? "cd \(place) && cat \(name)" : "tar -xzOf \(place) \(name)")
        let course = CourseExport(
            folder: CourseExport.folder(of: file), text: String(decoding: text, as: UTF8.self))
        guard let course else {
            throw Complaint(.badInput, "\(path): \(file) names no course: it needs org, course and url_name")
        }
        return CourseFile(course: course, packed: packed)
    }
}
