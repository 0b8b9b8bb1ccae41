import Playbook

/// What phases leave for later ones while a run goes on.
actor RunNotes {
    /// What hosts need to join; nil until it is made.
    private(set) var material: JoinMaterial?
    /// The administrator's kubeconfig; nil until it is read.
    private(set) var kubeconfig: Secret?

    /// Takes what a phase registered.
    func take(_ values: Values) {
        if let made = JoinMaterial(values) { material = made }
        if let text = values["ADMIN_KUBECONFIG"], !text.isEmpty { kubeconfig = Secret(text) }
    }
}
