internal import CLibSSH
