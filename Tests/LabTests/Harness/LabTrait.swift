import Testing

extension Trait where Self == ConditionTrait {
    /// Runs a suite where the lab is up; with `MOOC_CLUSTER_LAB=required` it runs, and fails, where it is not.
    static var lab: Self {
        .enabled("the lab is not up on this machine: `make test` brings it up") {
            Lab.isRequired || Lab.here.isUp
        }
    }
}
