extension Cluster {
    /// The inventory that `init` writes: what must be filled in stands in angle brackets, what may be set is
    /// commented out with a '#' and no space, so that taking the '#' away is all it needs.
    package static let starter = #"""
        # The inventory of a cluster: which servers it has, and what runs on them.
        # Fill in what stands in <angle brackets>, then run: mooc-cluster validate
        # A line that starts with '#' and no space after it is a setting: take the '#' away to use it.

        # The cluster's name, in kubeconfig and on this machine.
        cluster: campus

        kubernetes:
          # A minor version (the program knows its latest release) or an exact one; `validate` says the default.
          #version: "1.36"

          # containerd, or docker with Kubernetes up to 1.23.
          runtime: containerd

          # Addresses of pods; default: a range that no host has a route into.
          #podNetwork: 10.244.0.0/16

          # Addresses of services.
          #serviceNetwork: 10.96.0.0/12

          # calico, flannel, or the URL or path of a manifest.
          cni: calico

          # With several control planes, now or later: node-proxy (a proxy on every node), { kubeVIP: 192.0.2.10 }
          # (an address of their network that nobody has, held by one of them at a time), or the name and port of
          # a balancer of yours that leads to all of them. It cannot be changed later.
          #controlPlaneEndpoint: node-proxy

        # How to log in; what is left out comes from ~/.ssh/config and the agent.
        # A host can have an 'ssh:' of its own with the same keys.
        ssh:
          user: <login name>
          #port: 22
          #key: ~/.ssh/id_ed25519
          #jump: gate@bastion.example.edu
          #password: prompt
          #hostKeys: accept-new
          #connectTimeout: 10

          # Only where sudo asks for a password: prompt, {file: …}, {env: …} or {command: …}.
          #sudoPassword: prompt

        # For a campus behind a proxy, or with mirrors of its own.
        #mirrors:
          #kubernetes: http://mirror.example.edu/kubernetes/core:/stable:/v1.36/deb/
          #registries: { docker.io: http://mirror.example.edu:5000 }
          #proxy: http://proxy.example.edu:3128
          #noProxy: [.example.edu]

        # At least one control-plane; names become the host names. Addresses are those that SSH reaches.
        # Also for each host: privateAddress, labels, taints, staticAddress, connection (local: this machine).
        hosts:
          - name: master
            address: <address of master>
            role: control-plane
          - name: node1
            address: <address of node1>
            role: worker
            #labels: { disk: ssd }
          - name: node2
            address: <address of node2>
            role: worker

        # The learning platform; without this part there is only the cluster.
        openedx:
          # The name that learners type. Studio and the micro-frontends are at studio. and apps. before it.
          host: <learn.example.edu>

          # verawood (2026), or ironwood (2019).
          #edition: verawood

          # How browsers come: none (plain HTTP), acme, files, internal, or outside (a balancer before the cluster).
          #tls: acme

          # small, medium or large; or users: how many learners at once.
          #size: small

          # local: a folder for each volume on a node, the first worker unless one is named here.
          # nfs: folders of a server, {nfs: {server: files.example.edu, path: /srv/openedx}}.
          storage: local
          #volumeNodes: { mysql: node2 }

        """#
}
