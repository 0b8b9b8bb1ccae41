import Playbook

/// What phases leave for later ones while a run goes on.
actor Board {
    /// What hosts need to join; nil until it is made.
    private(set) var material: JoinMaterial?
    /// The administrator's kubeconfig; nil until it is read.
    private(set) var kubeconfig: Secret?
    /// How items ended, by index.
    private(set) var outcomes: [Int: PhaseOutcome] = [:]

    /// Takes what a phase registered.
    func take(_ values: Values) {
        if let made = JoinMaterial(values) { material = made }
        if let text = values["ADMIN_KUBECONFIG"], !text.isEmpty { kubeconfig = Secret(text) }
    }

    /// Notes how an item ended.
    func set(_ outcome: PhaseOutcome, at index: Int) { outcomes[index] = outcome }
}
