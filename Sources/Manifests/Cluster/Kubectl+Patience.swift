/// The same kubectl, which asks again when an answer tells of trouble that passes by itself.
///
/// What it is asked for can be done twice without harm, all but `exec`, whose words are those of a program in a pod.
///
/// - Parameters:
///   - kubectl: how kubectl is run.
///   - clock: what pauses are measured with.
/// - Returns: a kubectl that gives up after five tries, about half a minute.
package func patient(_ kubectl: @escaping Kubectl, _ clock: any Clock<Duration>) -> Kubectl {
    { arguments, input in
        var pause = 2.0
        while true {
            let answer = try await kubectl(arguments, input)
            let said = answer.error.isEmpty ? answer.output : answer.error
            guard answer.code != 0, arguments.first != "exec", pause < 32,
                PassingTrouble.isMeant(by: String(decoding: said.suffix(4096), as: UTF8.self))
            else { return answer }
            // not all at the same moment, when several wait for the same server
            try await clock.sleep(for: .seconds(Double.random(in: pause...(2 * pause))))
            pause *= 2
        }
    }
}
