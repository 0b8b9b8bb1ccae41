import Testing

@testable import Inventory

struct NewHostTests {
    private static let host = NewHost(name: "n4", address: "198.51.100.14", role: .worker, labels: [])
    private static let flow = "{ name: n4, address: 198.51.100.14, role: worker }"

    /// An inventory, and what a host adds to it.
    struct Shape: Sendable, CustomTestStringConvertible {
        let name: String
        /// What stands before and after the place of the new text.
        let before: String, after: String
        let added: String
        var testDescription: String { name }
    }

    static let shapes = [
        Shape(
            name: "flow items", before: "cluster: c\nhosts:\n  - { name: a, address: b }  # first\n",
            after: "",
            added: "  - \(flow)\n"),
        Shape(
            name: "no line end", before: "hosts:\n- {name: a}", after: "", added: "\n- \(flow)"),
        Shape(
            name: "a part after it", before: "hosts:\n  - { name: a }\n",
            after: "\n# The platform.\nopenedx:\n  host: x\n", added: "  - \(flow)\n"),
        Shape(
            name: "block items", before: "hosts:\n  - name: a\n    address: b\n    #labels: { disk: ssd }\n",
            after: "# end\n",
            added: "  - name: n4\n    address: 198.51.100.14\n    role: worker\n"),
        Shape(
            name: "a wide dash", before: "hosts:\n-   name: a\n    ssh:\n      user: x\n\n", after: "",
            added: "-   name: n4\n    address: 198.51.100.14\n    role: worker\n"),
        Shape(
            name: "carriage returns", before: "hosts:\r\n  - { name: a }\r\n", after: "\r\ncluster: c\r\n",
            added: "  - \(flow)\r\n"),
        Shape(
            name: "a flow item over lines", before: "hosts:\n  - { name: a,\n      address: b }\n",
            after: "z: 1\n",
            added: "  - \(flow)\n"),
        Shape(
            name: "a comment where the next host would stand", before: "hosts:\n  - { name: a }\n",
            after: "  # - { name: b }\nz: 1\n", added: "  - \(flow)\n"),
        Shape(
            name: "a text of several lines",
            before: "hosts:\n  - name: a\n    text: |\n      # no comment\n\n      b\n",
            after: "z: 1\n", added: "  - name: n4\n    address: 198.51.100.14\n    role: worker\n"),
        Shape(
            name: "a document's end", before: "---\nhosts:\n  - { name: a }\n", after: "...\n",
            added: "  - \(flow)\n"),
        Shape(
            name: "letters of more than one byte", before: "x: \u{e4}\nhosts:\n  - { name: a } # \u{1F600}\n",
            after: "y: \u{fc}\n", added: "  - \(flow)\n"),
    ]

    @Test(arguments: shapes)
    func theRestStaysAsItIs(_ shape: Shape) throws {
        let bytes = try Self.host.added(to: Array((shape.before + shape.after).utf8), file: "inventory.yml")
        let text = String(decoding: bytes, as: UTF8.self)
        // An empty line at the end of a host may be before or after the new one.
        let blank = shape.before.hasSuffix("\n\n")
        let before = blank ? String(shape.before.dropLast()) : shape.before
        #expect(text == before + shape.added + (blank ? "\n" : "") + shape.after)
    }

    @Test(arguments: [
        "hosts: [{ name: a }]\n", "hosts: [\n  { name: a },\n]\n", "{\"hosts\": [{\"name\": \"a\"}]}\n",
        "hosts:\n  -\n    name: a\n", "hosts: []\n",
        "cluster: c\n", "hosts: &h\n  - { name: a }\nothers: *h\n", "hosts: [", "",
    ])
    func otherShapesAreRefused(_ text: String) {
        #expect(throws: UnfitInventory(file: "inventory.yml", line: "- \(Self.flow)")) {
            _ = try Self.host.added(to: Array(text.utf8), file: "inventory.yml")
        }
    }

    @Test func valuesThatLookLikeOthersAreQuoted() throws {
        let host = NewHost(
            name: "17", address: "198.51.100.14", role: .controlPlane,
            labels: [("disk", "true"), ("a.b/c", ""), ("zone", "east")])
        let text = inventory()
        let bytes = try host.added(to: Array(text.utf8), file: "lab/inventory.yml")
        let read = reading(String(decoding: bytes, as: UTF8.self))
        let added = try #require(read.cluster?.hosts.last)
        #expect(host.isSame(as: added))
        #expect(added.labels.map(\.value) == ["", "true", "east"])
    }

    @Test func everyFileOfTheStarterTakesAHost() throws {
        let text = Cluster.starter.replacing("<", with: "").replacing(">", with: "")
        let bytes = try Self.host.added(to: Array(text.utf8), file: "inventory.yml")
        let lines = Set(text.split(separator: "\n"))
        let added = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
            !lines.contains($0)
        }
        #expect(added == ["  - name: n4", "    address: 198.51.100.14"])
    }
}
