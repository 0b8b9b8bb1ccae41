import Inventory
import Manifests
import Playbook
import Provisioning

extension Operation {
    /// What can be done to an application that runs, over a connection of its own.
    func upkeep(_ application: Application) async throws -> Upkeep {
        try await upkeep(application, try await clusterAccess())
    }

    /// What can be done to an application that runs; its passwords are known from then on and shown nowhere.
    func upkeep(_ application: Application, _ access: ClusterAccess) async throws -> Upkeep {
        _ = try await secrets(of: application, access)
        return Upkeep(
            try application.rendered(), of: application.edition, with: Applier(kubectl: access.ask))
    }

    /// The passwords and keys that the cluster has of an application; they are known from then on and shown nowhere, but
    /// for what everybody may know.
    func secrets(of application: Application, _ access: ClusterAccess) async throws -> SecretValues {
        let secrets = try await Applier(kubectl: access.ask).existingSecrets(
            of: application.edition, namespace: application.part.namespace)
        context.redaction.add(secrets, of: application.edition)
        return secrets
    }

    /// Runs a program in a pod of a service, and passes on its input, its outputs and its exit code.
    func execute(
        _ command: [String], in service: ManifestObject, of application: Application
    ) async throws -> ExitStatus {
        let input = try await StandardInput.read(context)
        let access = try await clusterAccess()
        let upkeep = Upkeep(
            try application.rendered(), of: application.edition, with: Applier(kubectl: access.ask))
        let arguments = try await upkeep.running(command, in: service, takesInput: input != nil)
        return .program(try await access.pass(arguments, input: input))
    }

    /// How an application is in its cluster.
    func applicationStatus(_ application: Application) async throws -> ApplicationView {
        let access = try await clusterAccess()
        let status = try await upkeep(application, access).status()
        let lost =
            status.services.allSatisfy(\.isReady)
            ? LostVolumes.none
            : try await ClusterStatus.lostVolumes(
                access.ask, of: application.part, site.cluster)
        return ApplicationView(status: status, lost: lost)
    }
}
