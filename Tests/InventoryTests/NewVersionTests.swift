import Testing

@testable import Inventory

struct NewVersionTests {
    /// An inventory before and after the version 1.36.4 is written into it.
    struct Shape: Sendable, CustomTestStringConvertible {
        let name: String
        let before: String, after: String
        var testDescription: String { name }
    }

    static let shapes = [
        Shape(
            name: "double quotes",
            before: "kubernetes:\n  version: \"1.35\"  # newest\n  cni: x\nhosts: []\n",
            after: "kubernetes:\n  version: \"1.36.4\"  # newest\n  cni: x\nhosts: []\n"),
        Shape(
            name: "single quotes", before: "kubernetes: { version: '1.35' }\n",
            after: "kubernetes: { version: \"1.36.4\" }\n"),
        Shape(
            name: "plain", before: "kubernetes: {cni: é, version: 1.35.2}\n",
            after: "kubernetes: {cni: é, version: \"1.36.4\"}\n"),
        Shape(
            name: "no version", before: "kubernetes:\n  # the runtime\n  runtime: containerd\n",
            after: "kubernetes:\n  # the runtime\n  version: \"1.36.4\"\n  runtime: containerd\n"),
        Shape(
            name: "no version between braces", before: "kubernetes: { cni: flannel }\n",
            after: "kubernetes: { version: \"1.36.4\", cni: flannel }\n"),
        Shape(
            name: "comments alone", before: "kubernetes:\n  #version: \"1.35\"\nhosts: []\n",
            after: "kubernetes:\n  version: \"1.36.4\"\n  #version: \"1.35\"\nhosts: []\n"),
        Shape(
            name: "no such part", before: "cluster: c\r\n# who\r\nhosts: []\r\n",
            after: "cluster: c\r\n# who\r\nkubernetes:\r\n  version: \"1.36.4\"\r\nhosts: []\r\n"),
    ]

    @Test(arguments: shapes)
    func theRestStaysAsItIs(_ shape: Shape) throws {
        let bytes = try NewVersion("1.36.4").written(into: Array(shape.before.utf8), file: "inventory.yml")
        #expect(String(decoding: bytes, as: UTF8.self) == shape.after)
        #expect(try NewVersion("1.36.4").written(into: bytes, file: "inventory.yml") == bytes)
    }

    @Test(arguments: [
        "kubernetes: {}\nhosts: []\n", "kubernetes: { version: !!str 1.35 }\n",
        "kubernetes:\n  version: |\n    1.35\n",
        "cluster: c\n", "{ cluster: c, hosts: [] }\n", "- a\n",
    ])
    func anotherShapeIsLeftToThePerson(_ text: String) {
        #expect(throws: UnfitInventory(file: "inventory.yml", line: "version: \"1.36.4\"")) {
            try NewVersion("1.36.4").written(into: Array(text.utf8), file: "inventory.yml")
        }
    }
}
