import Testing

@testable import Provisioning

struct CertificateTests {
    @Test func linesOfAHostAreRead() {
        let list = Certificate.read(
            "1826841600 pki/apiserver.crt\n2111270400 pki/etcd/ca.crt\n1826841599 admin.conf\nwrong\n1 kubelet.conf\n",
            host: "c1")
        #expect(list.map(\.name) == ["pki/apiserver.crt", "pki/etcd/ca.crt", "admin.conf", "kubelet.conf"])
        #expect(list.map(\.isAuthority) == [false, true, false, false])
        #expect(list.map(\.isRenewed) == [true, false, true, false])
        #expect(list.allSatisfy { $0.host == "c1" })
        #expect(list[0].end == 1_826_841_600)
    }

    @Test(arguments: [(86_400, 1), (86_399, 0), (0, 0), (-1, -1), (-86_400, -1), (-86_401, -2)])
    func daysAreWhole(_ seconds: Int, _ days: Int) {
        #expect(Certificate(host: "c1", name: "admin.conf", end: 1000 + seconds).days(at: 1000) == days)
    }
}
