internal import YAML

/// A user of the platform who is to be made.
package struct NewUser: Sendable {
    /// The name to log in with.
    package var name: String
    /// The e-mail address.
    package var email: String
    /// Whether they may see what the platform's staff sees.
    package var isStaff: Bool
    /// Whether they may do everything.
    package var isSuperuser: Bool

    /// Makes one.
    package init(name: String, email: String, isStaff: Bool, isSuperuser: Bool) {
        self.name = name
        self.email = email
        self.isStaff = isStaff
        self.isSuperuser = isSuperuser
    }

    /// The words behind `manage.py lms` that make a user of what they read on standard input.
    ///
    /// The password must stand in no process list. The text is for Python 2 and Django 1.11 as well, which run it inside
    /// of a function. A user who is there already gets the password and the rights, and keeps those that they have.
    /// Without a password nothing is changed.
    static let words = [
        "shell", "-c",
        """
        import json, sys
        from django.contrib.auth import get_user_model
        from django.core.management import call_command
        from django.db import transaction
        wanted = json.load(sys.stdin)
        users = get_user_model().objects
        with transaction.atomic():
            known = users.filter(username=wanted['name']).first()
            if known is not None and known.email.lower() != wanted['email'].lower():
                sys.exit('%s is there already, with the address %s' % (known.username, known.email))
            if wanted['password'] is None:
                print('mooc-cluster: ' + ('absent' if known is None else 'present'))
                sys.exit()
            if known is None:
                call_command('manage_user', wanted['name'], wanted['email'])
            user = users.get(username=wanted['name'])
            user.is_staff = user.is_staff or wanted['staff']
            user.is_superuser = user.is_superuser or wanted['superuser']
            user.set_password(wanted['password'])
            user.save()
        print('mooc-cluster: ' + ('created' if known is None else 'changed'))
        """,
    ]

    /// What they read.
    func input(password: String?) -> [UInt8] {
        let values: Node = [
            "name": .string(name), "email": .string(email), "staff": .bool(isStaff),
            "superuser": .bool(isSuperuser), "password": password.map { .string($0) } ?? .null,
        ]
        return Array(values.json().utf8)
    }
}

extension Upkeep {
    /// Makes a user, or gives one who is there a new password and more rights.
    ///
    /// - Returns: whether the user is new.
    /// - Throws: ``UpkeepError/userRefused(_:)`` with what the platform says, and what ``running(_:in:takesInput:)``
    ///   throws.
    package func create(_ user: NewUser, password: String) async throws -> Bool {
        try await told(of: user, password: password, isNew: "created", isKnown: "changed")
    }

    /// Whether ``create(_:password:)`` would make a new user; changes nothing.
    ///
    /// - Throws: as ``create(_:password:)``.
    package func plan(creationOf user: NewUser) async throws -> Bool {
        try await told(of: user, password: nil, isNew: "absent", isKnown: "present")
    }

    private func told(
        of user: NewUser, password: String?, isNew: String, isKnown: String
    ) async throws -> Bool {
        let (service, command) = try rendered.manage("lms", in: edition)
        let arguments = try await running(command + NewUser.words, in: service, takesInput: true)
        let answer = try await client.kubectl(arguments, user.input(password: password))
        let lines = String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
        if answer.code == 0, lines.contains("mooc-cluster: \(isNew)") { return true }
        if answer.code == 0, lines.contains("mooc-cluster: \(isKnown)") { return false }
        let said = String(decoding: answer.error.isEmpty ? answer.output : answer.error, as: UTF8.self)
        throw UpkeepError.userRefused(said.split(separator: "\n").suffix(10).joined(separator: "\n"))
    }
}
