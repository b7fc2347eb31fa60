//! What an operator says about an installation that no machine can see, and answers for.

/// What makes values harmless that would be dangerous elsewhere.
#[derive(Debug, clap::Args)]
#[allow(dead_code, reason = "read by their names, whatever the service's own settings are")]
pub(crate) struct AnsweredFor {
    /// true where nobody else reads along between the machines of this installation, as in the network of compose or of a cluster with
    /// its policies: databases, Redis and services on other machines may be asked in clear there.
    #[arg(long, env = "MOTCUA_PRIVATE_NETWORK", default_value = "false", value_name = "true|false",
        action = clap::ArgAction::Set)]
    private_network: bool,
    /// true while this installation is only tried with the test environments of providers, where nobody pays: their addresses are
    /// taken at a public address, too.
    #[arg(long, env = "MOTCUA_ACCEPTANCE", default_value = "false", value_name = "true|false",
        action = clap::ArgAction::Set)]
    acceptance: bool,
}
