import Inventory
import Manifests
import Testing
import YAML

/// Texts that objects of an edition have in common: files of its folder `shared/`.
@Suite struct SharedTextTests {
    private static let head = """
        edition: '1'
        title: Shop
        waves: [{ name: all, files: [all.yml] }]

        """

    @Test func linesBeginWhereThePlaceholderDoes() throws {
        let text = try rendered(
            "if a:\n    ${shared.asks}\n${shared.asks}\nend\n",
            ["asks.py": "def f():\n    ${shop.namespace}\n\n    return $${x} $HOME\n\n"])
        #expect(
            text == """
                if a:
                    def f():
                        shop

                        return ${x} $HOME
                def f():
                    shop

                    return ${x} $HOME
                end

                """)
    }

    @Test func aScalarThatIsOnlyOneIsTheText() throws {
        #expect(
            try rendered("${shared.one}", ["one.bash": "a: [b\n# ${shop.namespace}\n"]) == "a: [b\n# shop")
        #expect(try rendered("${shared.one}", ["one.bash": "true\n"]) == "true")
        #expect(try rendered("\n${shared.one}\n${shared.two}", ["one.a": "1", "two.a": ""]) == "\n1\n")
    }

    @Test(arguments: [
        (
            "x ${shared.asks}\n", "1",
            "manifests/shop/all.yml:6:10: ${shared.asks} is not alone on its line; give it a line of its own"
        ),
        ("${shared.asks} x\n", "1", "manifests/shop/all.yml:6:10: ${shared.asks} is not alone on its line"),
        (
            "${shop.namespace}  ${shared.asks}\n", "1",
            "manifests/shop/all.yml:6:10: ${shared.asks} is not alone on its line"
        ),
        (
            "${shared.asks}\n${shared.ask}\n", "1",
            "manifests/shop/all.yml:6:10: there is no value ${shared.ask}; did you mean 'asks' for 'ask'?"
        ),
        (
            "${shared.asks}\n${shared.asks}\n", "\n  1 ${shop.namespase} ${shop.namespase}",
            "manifests/shop/shared/asks.py:2:5: there is no value ${shop.namespase}; did you mean 'namespace'"
        ),
        (
            "${shared.asks}\n", "${shared.asks}",
            "manifests/shop/shared/asks.py:1:1: a shared text has no other one in it"
        ),
        (
            "none\n", "1",
            "manifests/shop/shared/asks.py:1:1: manifests/shop/shared/asks.py is used by no file of the edition; "
                + "write ${shared.asks} where it belongs, or remove it"
        ),
    ])
    func whatIsWrongIsSaidWithItsPlace(text: String, shared: String, words: String) throws {
        let error = #expect(throws: InvalidInput.self) { try rendered(text, ["asks.py": shared]) }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(lines.count == 1 && lines[0].hasPrefix(words), "\(lines)")
    }

    @Test(arguments: [
        (["a.py", "a.bash"], "shared/a.py has the name of manifests/shop/shared/a.bash"),
        (["a.py", "b.c.py"], "no placeholder can name the file manifests/shop/shared/b.c.py"),
        (["a.py", "b/a.py"], "no placeholder can name the file manifests/shop/shared/b/a.py"),
        (["a.py", "b"], "no placeholder can name the file manifests/shop/shared/b"),
        (["a.py", ".py"], "no placeholder can name the file manifests/shop/shared/.py"),
    ])
    func aFileThatCannotBeNamedIsSaid(names: [String], words: String) throws {
        let shared = Dictionary(uniqueKeysWithValues: names.map { ($0, "1") })
        let error = #expect(throws: InvalidInput.self) { try rendered("${shared.a}", shared) }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(lines.count == 1 && lines[0].contains(words), "\(lines)")
    }

    @Test func anEditionWithoutSharedTextsHasNone() throws {
        let error = #expect(throws: InvalidInput.self) { try rendered("${shared.asks}", [:]) }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(lines.count == 1 && lines[0].contains("there is no value ${shared.asks}"), "\(lines)")
    }

    /// The value of a ConfigMap's one key, of an edition with that value and some files in `shared/`.
    private func rendered(_ text: String, _ shared: [String: String]) throws -> String? {
        let object: Node = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "words"],
            "data": ["words": .string(text)],
        ]
        let files =
            [("edition.yml", Self.head), ("all.yml", object.yaml())]
            + shared.sorted { $0.key < $1.key }.map { ("shared/\($0.key)", $0.value) }
        let diagnostics = Diagnostics()
        let edition = Edition.read(
            folder: "manifests/shop",
            files: files.map { ManifestFile(path: "manifests/shop/\($0.0)", text: $0.1) },
            diagnostics: diagnostics)
        var part = Ironwood.openedx(Ironwood.local)
        part.application = "shop"
        part.edition = ""
        part.namespace = "shop"
        guard let edition, !diagnostics.hasErrors else { throw InvalidInput(diagnostics.sorted) }
        let rendered = try Renderer(
            edition: edition.chosen(by: part), cluster: Ironwood.cluster(part), part: part
        ).render()
        return try rendered.one("ConfigMap", "words").node[path: ["data", "words"]]?.text
    }
}
