// lab-crictl stands in for crictl, which Debian does not package: a client of the container runtime interface
// (v1alpha2) with the verbs that kubeadm calls and that a person looks around with.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

const usage = `usage: crictl [-r SOCKET] VERB [-q] [-o json] [ARGUMENT…]
verbs: info version pull inspecti images rmi pods stopp rmp ps`

// client is a connection to the runtime and what the command line said.
type client struct {
	ctx     context.Context
	runtime cri.RuntimeServiceClient
	image   cri.ImageServiceClient
	quiet   bool
}

func main() {
	socket := "/run/containerd/containerd.sock"
	timeout := 10 * time.Minute
	quiet := false
	var words []string
	arguments := os.Args[1:]
	for i := 0; i < len(arguments); i++ {
		switch argument := arguments[i]; argument {
		case "-r", "--runtime-endpoint", "-i", "--image-endpoint", "-o", "--output":
			i++
			if i == len(arguments) {
				fail(usage)
			}
			if strings.HasPrefix(argument, "-r") || strings.HasPrefix(argument, "--r") {
				socket = strings.TrimPrefix(arguments[i], "unix://")
			}
		case "-q", "--quiet":
			quiet = true
		case "-v", "--version":
			fmt.Println("crictl version v1.20.0 (lab-crictl, a stand-in)")
			return
		case "-f", "--force", "-a", "--all":
			// Both are what the stand-in does anyway.
		default:
			words = append(words, argument)
		}
	}
	if len(words) == 0 {
		fail(usage)
	}

	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	dial := func(ctx context.Context, address string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", address)
	}
	dialing, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	connection, err := grpc.DialContext(dialing, socket, grpc.WithInsecure(), grpc.WithBlock(), grpc.WithContextDialer(dial))
	if err != nil {
		fail(fmt.Sprintf("cannot connect to %s: %v", socket, err))
	}
	c := client{ctx, cri.NewRuntimeServiceClient(connection), cri.NewImageServiceClient(connection), quiet}
	if err := c.run(words[0], words[1:]); err != nil {
		fail(err.Error())
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}

func (c client) run(verb string, names []string) error {
	switch verb {
	case "info":
		answer, err := c.runtime.Status(c.ctx, &cri.StatusRequest{Verbose: true})
		return show(answer, err)
	case "version":
		answer, err := c.runtime.Version(c.ctx, &cri.VersionRequest{})
		return show(answer, err)
	case "images":
		return c.images()
	case "pods":
		return c.pods()
	case "ps":
		return c.containers()
	}
	if len(names) == 0 {
		return fmt.Errorf("crictl %s: a name is missing", verb)
	}
	for _, name := range names {
		if err := c.each(verb, name); err != nil {
			return err
		}
	}
	return nil
}

// each does a verb that works on one image or sandbox.
func (c client) each(verb, name string) error {
	spec := &cri.ImageSpec{Image: name}
	switch verb {
	case "pull":
		answer, err := c.image.PullImage(c.ctx, &cri.PullImageRequest{Image: spec})
		if err == nil {
			fmt.Println("Image is up to date for", answer.ImageRef)
		}
		return err
	case "inspecti":
		answer, err := c.image.ImageStatus(c.ctx, &cri.ImageStatusRequest{Image: spec, Verbose: true})
		if err == nil && answer.Image == nil {
			err = fmt.Errorf("no such image %q", name)
		}
		return show(answer, err)
	case "rmi":
		_, err := c.image.RemoveImage(c.ctx, &cri.RemoveImageRequest{Image: spec})
		return err
	case "stopp":
		_, err := c.runtime.StopPodSandbox(c.ctx, &cri.StopPodSandboxRequest{PodSandboxId: name})
		return err
	case "rmp":
		if _, err := c.runtime.StopPodSandbox(c.ctx, &cri.StopPodSandboxRequest{PodSandboxId: name}); err != nil {
			return err
		}
		_, err := c.runtime.RemovePodSandbox(c.ctx, &cri.RemovePodSandboxRequest{PodSandboxId: name})
		return err
	}
	return fmt.Errorf("%s is not a verb of this stand-in\n%s", verb, usage)
}

func (c client) images() error {
	answer, err := c.image.ListImages(c.ctx, &cri.ListImagesRequest{})
	if err != nil {
		return err
	}
	for _, image := range answer.Images {
		if c.quiet {
			fmt.Println(image.Id)
		} else {
			fmt.Printf("%s\t%s\t%d\n", strings.Join(image.RepoTags, ","), image.Id, image.Size_)
		}
	}
	return nil
}

func (c client) pods() error {
	answer, err := c.runtime.ListPodSandbox(c.ctx, &cri.ListPodSandboxRequest{})
	if err != nil {
		return err
	}
	for _, pod := range answer.Items {
		if c.quiet {
			fmt.Println(pod.Id)
		} else {
			fmt.Printf("%s\t%s\t%s/%s\n", pod.Id, pod.State, pod.Metadata.Namespace, pod.Metadata.Name)
		}
	}
	return nil
}

func (c client) containers() error {
	answer, err := c.runtime.ListContainers(c.ctx, &cri.ListContainersRequest{})
	if err != nil {
		return err
	}
	for _, container := range answer.Containers {
		if c.quiet {
			fmt.Println(container.Id)
		} else {
			fmt.Printf("%s\t%s\t%s\t%s\n", container.Id, container.State, container.Metadata.Name, container.PodSandboxId)
		}
	}
	return nil
}

// show prints an answer of the runtime as JSON.
func show(answer interface{}, err error) error {
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(answer, "", "  ")
	if err == nil {
		fmt.Println(string(text))
	}
	return err
}
