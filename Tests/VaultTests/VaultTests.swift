import Testing
import Vault

/// Vaults that ansible-vault of ansible-core 2.19 wrote, with the passwords `swordfish` and `other-word`.
@Suite("Vaults") struct VaultTests {
    static let inline = """
        $ANSIBLE_VAULT;1.1;AES256
        66373261376662633830346231323035383037623333386136643036333666336162393661663932
        3963326332353064616663303262333838373936643132650a613163356661353739323766313430
        34303034323831386630353334623638323938643131623239313930313763393038343061356265
        6439393230326161620a356662663264316333373530633539336433326436623632323366366131
        3630
        """
    static let withID = """
        $ANSIBLE_VAULT;1.2;AES256;lab
        39623631343934393763313136666664623430623365376333323539633439653932353361333733
        3233393934343734313662626561343566373237376264340a386563306631366630313164316130
        38383265626438653961303136336330333037373138343664383265613730376339643265616537
        3664376438383961640a316532653637373034616530633736626565366162323961666435333230
        32653464363339313537616462316666346433393263653537393737383764623933
        """
    static let file = """
        $ANSIBLE_VAULT;1.1;AES256
        38663565333562633166663163356565613165393265333531386537656361303131376538363239
        6639356434373532353831343539326265663664396434650a303539623030653030336531653336
        66323961363437663762366536666433623962393737316338396338633735383731653432666433
        3764373765356436640a343831636232333437373139386136333166336238323336353134333431
        61653732306333613432353763306330363534383032623461383032633636303037626331643137
        38313962346533333932663363623230613365316437623338653039656262326332386436613963
        626165326661343764636361323136663161
        """

    @Test("format 1.1")
    func format1() throws {
        let vault = try Vault(Self.inline)
        #expect(vault.id == nil)
        #expect(try vault.open(password: "swordfish") == "hunter2-canary")
    }

    @Test("format 1.2 says which password it wants; the lines may stand indented")
    func format2() throws {
        let lines = Self.withID.split(separator: "\n").map { "      \($0)\r\n" }.joined()
        #expect(Vault.isVault(lines))
        let vault = try Vault(lines)
        #expect(vault.id == "lab")
        #expect(try vault.open(password: "other-word") == "second secret: ünï")
    }

    @Test("a whole file")
    func wholeFile() throws {
        #expect(
            try Vault(Self.file).open(password: "swordfish")
                == "sudo:\n  n1: first\n  n2: \"se: cond\"\nplain: whole\nnumber: 12\n")
    }

    @Test("another password", arguments: ["", "swordfish ", "other-word"])
    func wrongPassword(password: String) throws {
        let vault = try Vault(Self.inline)
        #expect(throws: VaultError.wrongPassword) { try vault.open(password: password) }
    }

    @Test("one changed digit of what is encrypted is noticed")
    func changed() throws {
        let text = Self.inline
        let last = text.last == "0" ? "1" : "0"
        let vault = try? Vault(String(text.dropLast()) + last)
        #expect(throws: VaultError.self) {
            guard let vault else { throw VaultError.malformed("") }
            _ = try vault.open(password: "swordfish")
        }
    }

    @Test(
        "what is no vault",
        arguments: [
            "", "hello", "$ANSIBLE_VAULT;1.0;AES\n00", "$ANSIBLE_VAULT;1.1;AES\n00",
            "$ANSIBLE_VAULT;1.1;AES256\n",
            "$ANSIBLE_VAULT;1.1;AES256\n3030", "$ANSIBLE_VAULT;1.1;AES256\n303",
            "$ANSIBLE_VAULT;1.1;AES256\nzz",
            "$ANSIBLE_VAULT;1.1;AES256\n0a0a", String(inline.dropLast(40)),
        ])
    func malformed(text: String) throws {
        let error = #expect(throws: VaultError.self) { try Vault(text) }
        guard case .malformed = error else { Issue.record("\(String(describing: error))"); return }
    }
}
